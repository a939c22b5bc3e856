import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { TimedRow } from './read-rows.ts';

/** A patch, an increment or a delete whose row has not come yet, and the batch that brought it. */
export interface WaitingPart {
  batchId: number;
  row: TimedRow;
}

/** Parts of rows that the hub does not know yet: they stand in the error log as `no-base` and count once the row has come. */
@Injectable()
export class WaitingStore {
  async add(tx: Tx, systemId: number, rows: readonly TimedRow[]): Promise<void> {
    const pushed = rows.filter((row) => row.batchId !== null);
    if (pushed.length === 0) return;
    const flat = pushed.map((row) => ({ ...row, arrival: JSON.stringify(row) }));
    await tx.write(
      `insert into waiting_part (system_id, source_key, batch_id, line, arrival)
       select $1, t.* from unnest($2::text[], $3::bigint[], $4::int[], $5::text[]) as t(key, batch, line, arrival)`,
      [systemId, ...columns(flat, ['key', 'batchId', 'line', 'arrival'])],
    );
  }

  /** Takes what waited for these keys, to be filed. */
  async take(tx: Tx, systemId: number, keys: readonly string[]): Promise<WaitingPart[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<{ batch_id: number; arrival: string }>(
      `delete from waiting_part w using unnest($2::text[]) as t(key)
       where w.system_id = $1 and w.source_key = t.key returning w.batch_id, w.arrival`,
      [systemId, keys],
    );
    return rows.map((row) => ({
      batchId: row.batch_id,
      row: { ...(JSON.parse(row.arrival) as TimedRow), batchId: row.batch_id },
    }));
  }

  /** These lines are replayed: they wait no longer, unless they still lack their row. */
  async forget(tx: Tx, lines: readonly { batchId: number; line: number }[]): Promise<void> {
    await tx.write(
      `delete from waiting_part w using unnest($1::bigint[], $2::int[]) as t(batch, line)
       where w.batch_id = t.batch and w.line = t.line`,
      columns(lines, ['batchId', 'line']),
    );
  }

  /** What was taken is filed: its place is the timeline now, or among the superseded, no longer the error log. */
  async noteFiled(tx: Tx, parts: readonly (WaitingPart & { isFresh: boolean })[], at: number): Promise<void> {
    if (parts.length === 0) return;
    const places = parts.map(({ batchId, row, isFresh }) => ({ batchId, line: row.line, isFresh }));
    await tx.write(
      `update error_entry e set resolved_at = $3, resolution = 'filed' from unnest($1::bigint[], $2::int[]) as t(batch, line)
       where e.batch_id = t.batch and e.line = t.line and e.kind = 'line' and e.resolved_at is null`,
      [...columns(places, ['batchId', 'line']), new Date(at)],
    );
    await tx.write(
      `update inbox_batch b set n_error = b.n_error - t.n, n_applied = b.n_applied + t.fresh,
         n_superseded = b.n_superseded + t.n - t.fresh
       from (select batch, count(*)::int as n, count(*) filter (where fresh)::int as fresh
             from unnest($1::bigint[], $2::boolean[]) as u(batch, fresh) group by 1) t where b.batch_id = t.batch`,
      columns(places, ['batchId', 'isFresh']),
    );
  }
}
