import { Injectable } from '@nestjs/common';
import { closingId, unpackKnown, type RestoredRecord } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { asViewRow, counts, isTombstoned, selectedView, type StoredViewRow, type ViewRow } from './view-row.ts';

export interface ViewPage {
  rows: ViewRow[];
  /** Where the next page begins; null after the last one. */
  last: number | null;
}

/** A view that went stale between refreshes. */
interface DirtyView {
  customerId: number;
  cause: string;
  since: Date;
}

/**
 * Whether the standing run of the system has such an item. Asked for in order: while another run has a plan of many, the planner would
 * believe that any item is likely to be one, and look through all that there ever were, after each push.
 */
const hasOpen = (outcome: 'planned' | 'sent') => `(select i.seq from refresh_item i
  where i.run_id = (select r.run_id from refresh_run r where r.system_id = s.system_id and r.mode = 'events') and i.outcome = '${outcome}'
  order by i.seq limit 1) is not null`;

/** What each system should hold, and which of it went stale between refreshes. */
@Injectable()
export class ViewsStore {
  /** Every customer with a record in the system, or that might be given one there; in pages by customer id. */
  async page(tx: Tx, systemId: number, creates: boolean, afterCustomer: number, limit: number): Promise<ViewPage> {
    const ids = await tx.query<{ customer_id: number }>(
      `select c.customer_id from customer c
       where c.state = 'live' and c.customer_id > $2
         and ($3 or exists (select 1 from source_record r where r.customer_id = c.customer_id and r.system_id = $1
                            and r.state = 'live' and ${counts}))
       order by 1 limit $4`,
      [systemId, afterCustomer, creates, limit],
    );
    const customerIds = ids.map((row) => row.customer_id);
    return { rows: await this.ofCustomers(tx, systemId, customerIds), last: customerIds.at(-1) ?? null };
  }

  async ofCustomers(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<ViewRow[]> {
    const rows = await tx.query<StoredViewRow>(
      `select ${selectedView} from unnest($2::bigint[]) as t(id)
       join customer c on c.customer_id = t.id and c.state = 'live' join golden g on g.customer_id = c.customer_id
       left join source_record r on r.customer_id = c.customer_id and r.system_id = $1 and ${counts}
       order by c.customer_id, r.record_id`,
      [systemId, customerIds],
    );
    const there = new Set(rows.flatMap((row) => (row.source_key === null ? [] : [row.customer_id])));
    const without = rows.filter((row) => row.record_id === null).map((row) => row.customer_id);
    const closings = await this.closings(tx, systemId, without);
    const pending = rows.filter((row) => row.source_key === null).map((row) => row.customer_id);
    const reopened = await this.reopened(tx, systemId, pending);
    const restored = await this.restored(tx, systemId, reopened);
    // Who has a record there by now gets no second one, whatever was to be made.
    const standing = rows.filter((row) => row.source_key !== null || !there.has(row.customer_id));
    return standing.map((row) => ({
      ...asViewRow(row),
      closings: closings.get(row.customer_id) ?? [],
      reopened: row.record_id === null ? (reopened.get(row.customer_id) ?? []) : [],
      restores: row.source_key === null ? (restored.get(row.customer_id) ?? null) : null,
    }));
  }

  /** Of these customers, those that a record of another customer in the system may be a duplicate of, and nobody has said that it is not. */
  async maybeThere(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<Set<number>> {
    if (customerIds.length === 0) return new Set();
    const rows = await tx.query<{ customer_id: number }>(
      `select distinct own.customer_id from unnest($2::bigint[]) as t(id)
       join source_record own on own.customer_id = t.id join match_edge e on e.record_id = own.record_id and e.asks
       join source_record other on other.record_id = e.other_id and other.customer_id <> own.customer_id
       where exists (select 1 from source_record r where r.customer_id = other.customer_id and r.system_id = $1
                     and r.state = 'live' and ${counts})
         and not exists (
           select 1 from decision d where d.kind = 'not-same' and d.undone_at is null
             and d.records && array(select s.record_id from source_record s where s.customer_id = own.customer_id)
             and d.records && array(select s.record_id from source_record s where s.customer_id = other.customer_id))`,
      [systemId, customerIds],
    );
    return new Set(rows.map((row) => row.customer_id));
  }

  /** Rows that a listing of the system showed although their records have ended. `among`: only of these customers. */
  async stillThere(
    tx: Tx,
    runId: number,
    listing: number,
    among: readonly number[] | null = null,
  ): Promise<{ recordId: number; customerId: number }[]> {
    return tx.query<{ recordId: number; customerId: number }>(
      `select r.record_id as "recordId", r.customer_id as "customerId" from refresh_seen s
       join source_record r using (record_id)
       where s.run_id = $1 and s.listing = $2 and not r.excluded and ${isTombstoned}
         and ($3::bigint[] is null or r.customer_id = any($3)) order by 1`,
      [runId, listing, among],
    );
  }

  private async closings(
    tx: Tx,
    systemId: number,
    customerIds: readonly number[],
  ): Promise<Map<number, ViewRow['closings']>> {
    if (customerIds.length === 0) return new Map();
    const rows = await tx.query<{
      customer_id: number;
      record_id: number;
      position: string;
      decision_id: number | null;
    }>(
      `select r.customer_id, r.record_id, coalesce(r.deleted::json ->> 'position', r.confirmed_gone) as position,
              null::bigint as decision_id
       from unnest($2::bigint[]) as t(id) join source_record r on r.customer_id = t.id
       where r.system_id = $1 and not r.excluded and ${isTombstoned}
       union all
       select beside.customer_id, r.record_id, '', d.decision_id
       from unnest($2::bigint[]) as t(id) join source_record beside on beside.customer_id = t.id
       join decision d on d.kind = 'exclude' and d.undone_at is null and d.records @> array[beside.record_id]
         and (d.body::json ->> 'beside')::bigint = beside.record_id
       join source_record r on r.record_id = (d.body::json ->> 'recordId')::bigint and r.system_id = $1`,
      [systemId, customerIds],
    );
    const named = rows.map(({ customer_id: customerId, record_id: recordId, position, decision_id: decisionId }) => ({
      customerId,
      closing: decisionId === null ? { recordId, position } : { decisionId },
    }));
    return new Map(
      [...Map.groupBy(named, (one) => one.customerId)].map(([id, list]) => [id, list.map((one) => one.closing)]),
    );
  }

  private async reopened(
    tx: Tx,
    systemId: number,
    customerIds: readonly number[],
  ): Promise<Map<number, ViewRow['reopened']>> {
    if (customerIds.length === 0) return new Map();
    const rows = await tx.query<{ customer_id: number; decisionId: number; closings: string[] }>(
      `select r.customer_id, d.decision_id as "decisionId", d.body::json -> 'closings' as closings
       from unnest($2::bigint[]) as t(id) join source_record r on r.customer_id = t.id
       join decision d on d.kind = 'reopen' and d.undone_at is null and d.records @> array[r.record_id]
         and (d.body::json ->> 'founder')::bigint = r.record_id
       join system s on s.system_id = $1 and s.code = d.body::json ->> 'system'`,
      [systemId, customerIds],
    );
    return Map.groupBy(rows, (row) => row.customer_id);
  }

  /** The records that ended there without a word of their system, where a person has said so and lifted that again. */
  private async restored(
    tx: Tx,
    systemId: number,
    reopened: ReadonlyMap<number, ViewRow['reopened']>,
  ): Promise<Map<number, RestoredRecord>> {
    if (reopened.size === 0) return new Map();
    const rows = await tx.query<{ customerId: number; recordId: number; position: string; known: string }>(
      `select r.customer_id as "customerId", r.record_id as "recordId", r.confirmed_gone as position, r.known
       from source_record r where r.customer_id = any($2::bigint[]) and r.system_id = $1 and not r.excluded
         and r.deleted is null and r.confirmed_gone = r.head_position order by r.record_id`,
      [systemId, [...reopened.keys()]],
    );
    return new Map(
      rows.flatMap(({ customerId, recordId, position, known }) => {
        const closing = closingId({ recordId, position });
        const by = reopened.get(customerId)?.find(({ closings }) => closings.includes(closing));
        const { held, asserted } = unpackKnown(known);
        return by ? [[customerId, { recordId, decisionId: by.decisionId, held, asserted }] as const] : [];
      }),
    );
  }

  /** The customers' views went stale in every armed system whose lane is on. */
  async markDirty(tx: Tx, customerIds: readonly number[], cause: 'push' | 'act', since: number): Promise<void> {
    await tx.write(
      `insert into dirty_view (system_id, customer_id, cause, since)
       select s.system_id, t.id, $2, $3 from unnest($1::bigint[]) as t(id)
       cross join system s where s.lane = 'on' and s.outbound = 'armed'
       order by 1, 2 on conflict do nothing`,
      [customerIds, cause, new Date(since)],
    );
  }

  /** Views that the lane looks at again from an instant on; one that is stale meanwhile is due at once. */
  async putOff(tx: Tx, systemId: number, views: readonly DirtyView[]): Promise<void> {
    await tx.query(
      `insert into dirty_view (system_id, customer_id, cause, since)
       select $1, t.id, t.cause, t.since from unnest($2::bigint[], $3::text[], $4::timestamptz[]) as t(id, cause, since)
       order by 2 on conflict do nothing`,
      [systemId, ...columns(views, ['customerId', 'cause', 'since'])],
    );
  }

  /** Takes stale views of the system that are due, oldest first: they are planned in the same transaction. */
  takeDirty(tx: Tx, systemId: number, now: number, limit: number): Promise<DirtyView[]> {
    return tx.query<DirtyView>(
      `delete from dirty_view where (system_id, customer_id) in
         (select system_id, customer_id from dirty_view where system_id = $1 and since <= $3 order by since limit $2)
       returning customer_id as "customerId", cause, since`,
      [systemId, limit, new Date(now)],
    );
  }

  /** What was taken and must not go out now. */
  async putBack(tx: Tx, systemId: number, views: readonly DirtyView[]): Promise<void> {
    await tx.query(
      `insert into dirty_view (system_id, customer_id, cause, since)
       select $1, t.id, t.cause, t.since from unnest($2::bigint[], $3::text[], $4::timestamptz[]) as t(id, cause, since)`,
      [systemId, ...columns(views, ['customerId', 'cause', 'since'])],
    );
  }

  /** Systems with stale views that may go out now: lane on, neither braked nor waiting for a run, armed, no refresh under way. */
  async lanesDue(tx: Glance, now: number): Promise<number[]> {
    const rows = await tx.query<{ system_id: number }>(
      `select s.system_id from system s
       where s.lane = 'on' and s.lane_braked is null and s.lane_waits is null and s.outbound = 'armed' and s.hold_id is null
         and not exists (select 1 from outbound_switch where state = 'paused')
         and not exists (select 1 from refresh_run r where r.system_id = s.system_id and r.mode <> 'events'
                         and r.phase not in ('closed', 'failed', 'cancelled', 'planned'))
         and (exists (select 1 from dirty_view d where d.system_id = s.system_id and d.since <= $1)
              or ${hasOpen('planned')} or ${hasOpen('sent')})
       order by 1`,
      [new Date(now)],
    );
    return rows.map((row) => row.system_id);
  }
}
