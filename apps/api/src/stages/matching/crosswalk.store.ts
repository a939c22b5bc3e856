import { Injectable } from '@nestjs/common';
import type { Founded } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record among those that may share a customer, and the customer it stands in now. */
export interface Neighbour {
  recordId: number;
  /** Code of its system and its key there: ties must not fall by a number, which tells who was registered first. */
  name: string;
  follows: number | null;
  alone: boolean;
  customerId: number | null;
  /** Code of the system that has a row of it now; null: it has none any more, or not yet. */
  liveIn: string | null;
  /** Not stored yet. */
  isNew: boolean;
}

/** SQL on `source_record r`: its system has a row of it. */
export const hasRow = `(r.state = 'live' and r.deleted is null and (r.confirmed_gone = r.head_position) is not true)`;

/** The crosswalk between source records and customers. */
@Injectable()
export class CrosswalkStore {
  /**
   * The stored records that may share a customer with these: step by step along edges of at least this weight, from who follows to whom, and through the customers
   * as they stand, until there are no further ones.
   */
  async neighbourhood(tx: Tx, recordIds: readonly number[], leastWeight: number): Promise<Neighbour[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{
      record_id: number;
      customer_id: number | null;
      founded_by: number | null;
      name: string;
      excluded: boolean;
      live_in: string | null;
    }>(
      `with recursive near(id) as (
         select id from unnest($1::bigint[]) as t(id)
         union
         select further.id from near cross join lateral (
           select e.other_id as id from match_edge e where e.record_id = near.id and e.weight >= $2
           union all select r.founded_by from source_record r where r.record_id = near.id and r.founded_by is not null
           union all select r.record_id from source_record r where r.founded_by = near.id
           union all select mate.record_id from source_record r join source_record mate on mate.customer_id = r.customer_id
                     where r.record_id = near.id) further
       )
       select r.record_id, r.customer_id, r.founded_by, r.excluded,
              s.code || '|' || coalesce(r.source_key, 'to be made ' || r.record_id) as name,
              case when ${hasRow} then s.code end as live_in
       -- By the index: how many are near the planner cannot know, and expects so many that it would read the whole table.
       from near cross join lateral (select * from source_record r where r.record_id = near.id limit 1) r
       join system s using (system_id) order by 1`,
      [recordIds, leastWeight],
    );
    return rows.map((row) => ({
      recordId: row.record_id,
      customerId: row.customer_id,
      name: row.name,
      follows: row.founded_by,
      alone: row.excluded,
      liveIn: row.live_in,
      isNew: false,
    }));
  }

  /** All records that say who the live customers of these records are. */
  async customersOf(tx: Tx, recordIds: readonly number[]): Promise<{ recordId: number; customerId: number }[]> {
    if (recordIds.length === 0) return [];
    return tx.query(
      `select r.record_id as "recordId", r.customer_id as "customerId" from source_record r join customer c using (customer_id)
       where not r.excluded and c.state = 'live' and r.customer_id in (
         select near.customer_id from unnest($1::bigint[]) as t(id) join source_record near on near.record_id = t.id
         where not near.excluded)
       order by 1`,
      [recordIds],
    );
  }

  /** The customer of each of the records that has one. */
  async customerOf(tx: Tx, recordIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ recordId: number; customerId: number }>(
      `select r.record_id as "recordId", r.customer_id as "customerId" from unnest($1::bigint[]) as t(id)
       join source_record r on r.record_id = t.id where r.customer_id is not null`,
      [recordIds],
    );
    return new Map(rows.map(({ recordId, customerId }) => [recordId, customerId]));
  }

  /** Those of the records that the hub made which stand with another customer than the record that they follow. */
  async astray(tx: Tx, recordIds: readonly number[]): Promise<number[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{ id: number }>(
      `select r.record_id as id from unnest($1::bigint[]) as t(id) join source_record r on r.record_id = t.id
       join source_record followed on followed.record_id = r.founded_by
       where r.customer_id is distinct from followed.customer_id`,
      [recordIds],
    );
    return rows.map((row) => row.id);
  }

  /** Those of the records of which it is stored otherwise whether their system has a row of them. */
  async turned(tx: Tx, records: readonly { recordId: number; tombstoned: boolean }[]): Promise<number[]> {
    if (records.length === 0) return [];
    const rows = await tx.query<{ id: number }>(
      `select t.id from unnest($1::bigint[], $2::bool[]) as t(id, tombstoned) join source_record r on r.record_id = t.id
       where r.state = 'live' and ${hasRow} = t.tombstoned`,
      columns(records, ['recordId', 'tombstoned']),
    );
    return rows.map((row) => row.id);
  }

  async foundedBy(tx: Tx, recordIds: readonly number[]): Promise<Founded[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{ customer_id: number; founder_record: number }>(
      `select c.customer_id, c.founder_record from unnest($1::bigint[]) as t(id) join customer c on c.founder_record = t.id
       left join source_record r on r.record_id = t.id where c.founder_life = coalesce(r.life, 0)`,
      [recordIds],
    );
    return rows.map((row) => ({ customerId: row.customer_id, founder: row.founder_record }));
  }

  /** Ids for customers that may be about to begin, in order. Those that are not used are lost. */
  async reserve(tx: Tx, count: number): Promise<number[]> {
    if (count === 0) return [];
    const rows = await tx.query<{ id: number }>(
      `select nextval(pg_get_serial_sequence('customer', 'customer_id')) as id from generate_series(1, $1) order by 1`,
      [count],
    );
    return rows.map((row) => row.id);
  }

  /** New customers by their founding records, under ids that were reserved for them. */
  async found(tx: Tx, founders: readonly number[], reserved: readonly number[]): Promise<Map<number, number>> {
    if (founders.length === 0) return new Map();
    const missing = founders.length - reserved.length;
    const ids = missing > 0 ? [...reserved, ...(await this.reserve(tx, missing))] : reserved;
    const made = [...founders].sort((a, b) => a - b).map((founder, index) => ({ founder, customerId: ids[index]! }));
    await tx.write(
      `insert into customer (customer_id, founder_record, founder_life) overriding system value
       select t.id, t.founder, coalesce(r.life, 0) from unnest($1::bigint[], $2::bigint[]) as t(id, founder)
       left join source_record r on r.record_id = t.founder`,
      columns(made, ['customerId', 'founder']),
    );
    return new Map(made.map(({ founder, customerId }) => [founder, customerId]));
  }

  /** Takes a record out of mastering, or back in. */
  async setExcluded(tx: Tx, recordId: number, excluded: boolean): Promise<void> {
    await tx.write('update source_record set excluded = $2 where record_id = $1', [recordId, excluded]);
  }

  /** Moves the records to their customers. Of rows that were to be made for what is one customer now, one is. */
  async assign(tx: Tx, moves: readonly { recordId: number; customerId: number; from: number | null }[]): Promise<void> {
    if (moves.length === 0) return;
    await tx.write(
      `update source_record r set customer_id = t.customer from unnest($1::bigint[], $2::bigint[]) as t(id, customer)
       where r.record_id = t.id`,
      columns(moves, ['recordId', 'customerId']),
    );
    const touched = new Set(
      moves.flatMap(({ customerId, from }) => (from === null ? [customerId] : [customerId, from])),
    );
    await this.withdrawDoubled(tx, [...touched]);
  }

  /**
   * A customer gets at most one row in a system. Of several that are to be made the one that may have been made already stays, else the
   * oldest; the others are withdrawn, and come back when customers part again.
   */
  private async withdrawDoubled(tx: Tx, customerIds: readonly number[]): Promise<void> {
    await tx.write(
      `update source_record r set withdrawn = t.place > 1
       from (select p.record_id, row_number() over (
               partition by p.system_id, p.customer_id
               order by not exists (
                 select 1 from record_entry o where o.record_id = p.record_id and o.kind = 'offer' and not exists (
                   select 1 from record_entry a where a.record_id = p.record_id and a.kind = 'receipt' and a.delivery_id = o.delivery_id)),
                 p.record_id) as place
             from source_record p where p.customer_id = any($1) and p.state = 'pending') t
       where r.record_id = t.record_id and (t.place > 1) <> r.withdrawn`,
      [customerIds],
    );
  }
}
