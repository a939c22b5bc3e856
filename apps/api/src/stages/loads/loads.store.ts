import { Injectable } from '@nestjs/common';
import type { LoadState } from '@cinch/api-contract';
import type { LoadCounts } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** Instants are in milliseconds since 1970. */
export interface LoadRow {
  loadId: number;
  systemId: number;
  state: LoadState;
  asOf: number;
  expected: number | null;
  allowedBy: string | null;
}

interface Change {
  state: LoadState;
  why?: readonly string[];
  expected?: number;
  allowedBy?: string;
  closedAt?: number;
}

type Row = Omit<LoadRow, 'asOf'> & { asOf: Date };

const selected = `l.load_id as "loadId", l.system_id as "systemId", l.state, l.as_of as "asOf", l.expected, l.allowed_by as "allowedBy"`;

/** Loads of all records of a system, and what they have shown so far. */
@Injectable()
export class LoadsStore {
  /** Null when the system has a load that is not complete yet. */
  async open(tx: Tx, systemId: number, asOf: number, now: number): Promise<number | null> {
    const [row] = await tx.query<{ loadId: number }>(
      `insert into load (system_id, as_of, state, opened_at) values ($1, $2, 'open', $3)
       on conflict (system_id) where state in ('open', 'completing') do nothing returning load_id as "loadId"`,
      [systemId, new Date(asOf), new Date(now)],
    );
    return row?.loadId ?? null;
  }

  byId(tx: Tx, loadId: number): Promise<LoadRow | null> {
    return this.one(tx, loadId, '');
  }

  /** Waits for pushes into the load that are under way, and keeps further ones waiting until the transaction ends. */
  locked(tx: Tx, loadId: number): Promise<LoadRow | null> {
    return this.one(tx, loadId, 'for update');
  }

  /** For a push: it may go side by side with others, but not with the end of the load. */
  shared(tx: Tx, loadId: number): Promise<LoadRow | null> {
    return this.one(tx, loadId, 'for share');
  }

  /** The load of the system that is not over; null when there is none. */
  async underWay(tx: Tx, systemId: number): Promise<number | null> {
    const [row] = await tx.query<{ id: number }>(
      `select load_id as id from load where system_id = $1 and state in ('open', 'completing')`,
      [systemId],
    );
    return row?.id ?? null;
  }

  /** Loads of the system that wait for an admin. */
  async toAccept(tx: Tx, systemId: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `select load_id as id from load where system_id = $1 and state = 'to-accept' for update`,
      [systemId],
    );
    return rows.map((row) => row.id);
  }

  /** The latest instant as of which a load of the system was swept; null before the first one. */
  async sweptAsOf(tx: Tx, systemId: number): Promise<number | null> {
    const [row] = await tx.query<{ at: Date | null }>(
      `select max(as_of) as at from load where system_id = $1 and state = 'swept'`,
      [systemId],
    );
    return row!.at?.getTime() ?? null;
  }

  async counts(tx: Tx, loadId: number): Promise<LoadCounts> {
    const [row] = await tx.query<LoadCounts>(
      `select coalesce(sum(n), 0)::bigint as accepted, coalesce(sum(n_rejected), 0)::bigint as rejected,
         coalesce(sum(n - n_applied - n_superseded - n_error), 0)::bigint as waiting, coalesce(sum(n_error), 0)::bigint as error
       from inbox_batch where load_id = $1`,
      [loadId],
    );
    return row!;
  }

  async change(tx: Tx, loadId: number, { state, why, expected, allowedBy, closedAt }: Change): Promise<void> {
    const closed = closedAt === undefined ? null : new Date(closedAt);
    await tx.write(
      `update load set state = $2, why = coalesce($3, why), expected = coalesce($4, expected), allowed_by = coalesce($5, allowed_by),
         closed_at = $6 where load_id = $1`,
      [loadId, state, why ?? null, expected ?? null, allowedBy ?? null, closed],
    );
  }

  /** Complete loads whose lines all have their place by now. */
  async completing(tx: Glance): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `select l.load_id as id from load l where l.state = 'completing'
         and not exists (select 1 from inbox_batch b where b.load_id = l.load_id and b.done_at is null) order by 1`,
    );
    return rows.map((row) => row.id);
  }

  /** Loads that were opened by then and are still open, each with the instant when it was last heard of. */
  async openSince(tx: Glance, openedBy: number): Promise<{ loadId: number; heardOfAt: number }[]> {
    const rows = await tx.query<{ id: number; at: Date }>(
      `select l.load_id as id, coalesce((select max(b.received_at) from inbox_batch b where b.load_id = l.load_id), l.opened_at) as at
       from load l where l.state = 'open' and l.opened_at <= $1 order by 1`,
      [new Date(openedBy)],
    );
    return rows.map((row) => ({ loadId: row.id, heardOfAt: row.at.getTime() }));
  }

  /** These keys were in the load: the records that they name are there. */
  async noteSeen(tx: Tx, loadId: number, systemId: number, keys: readonly string[]): Promise<void> {
    await tx.write(
      `insert into load_seen (load_id, record_id)
       select distinct $1::bigint, r.record_id from unnest($3::text[]) as t(key)
       join source_record r on r.system_id = $2 and r.source_key = t.key order by 2 on conflict do nothing`,
      [loadId, systemId, keys],
    );
  }

  /** Keys that could be read in rejected lines. */
  async noteRejected(tx: Tx, loadId: number, keys: readonly string[]): Promise<void> {
    const rows = [...new Set(keys)].sort().map((key) => ({ loadId, key }));
    if (rows.length === 0) return;
    await tx.write(
      `insert into load_rejected_key (load_id, source_key) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing`,
      columns(rows, ['loadId', 'key']),
    );
  }

  /** The load is over: what it has shown is no longer needed. */
  async forgetSeen(tx: Tx, loadId: number): Promise<void> {
    const [other] = await tx.query(
      `select 1 from load where load_id <> $1 and state in ('open', 'completing', 'to-accept') limit 1`,
      [loadId],
    );
    // Truncating gives the space back at once; deleting a million rows would leave it to vacuum.
    if (other) await tx.write('delete from load_seen where load_id = $1', [loadId]);
    else await tx.write('truncate load_seen');
    await tx.write('delete from load_rejected_key where load_id = $1', [loadId]);
  }

  private async one(tx: Tx, loadId: number, lock: '' | 'for update' | 'for share'): Promise<LoadRow | null> {
    const [row] = await tx.query<Row>(`select ${selected} from load l where l.load_id = $1 ${lock}`, [loadId]);
    return row ? { ...row, asOf: row.asOf.getTime() } : null;
  }
}
