import { Injectable } from '@nestjs/common';
import type { Clusterable, Founded } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record among those that may share a customer, and the customer it stands in now. */
export interface Neighbour extends Clusterable {
  customerId: number | null;
  /** Not stored yet. */
  isNew: boolean;
}

interface KeyedRecord {
  recordId: number;
  /** Has no keys yet. */
  isNew: boolean;
  /** As `keyHash` gives them, each once. */
  keys: readonly string[];
}

/** Match keys, and the crosswalk between source records and customers that follows from them. */
@Injectable()
export class MatchingStore {
  replaceKeys(tx: Tx, rows: readonly KeyedRecord[]): Promise<void> {
    return this.replace(tx, 'match_key', rows);
  }

  /** Weaker keys: what shares one may be a duplicate. */
  replaceReviewKeys(tx: Tx, rows: readonly KeyedRecord[]): Promise<void> {
    return this.replace(tx, 'review_key', rows);
  }

  private async replace(tx: Tx, table: 'match_key' | 'review_key', rows: readonly KeyedRecord[]): Promise<void> {
    const begun = rows.filter(({ isNew }) => isNew).flatMap(({ recordId, keys }) => keys.map((key) => [key, recordId]));
    await tx.copy(table, ['key', 'record_id'], begun);
    const known = rows.filter(({ isNew }) => !isNew);
    if (known.length === 0) return;
    const pairs = known.flatMap(({ recordId, keys }) => keys.map((key) => ({ recordId, key })));
    await tx.query(
      `with wanted as (select * from unnest($2::bigint[], $3::bigint[]) as t(record_id, key)),
       gone as (
         delete from ${table} k using unnest($1::bigint[]) as touched(id)
         where k.record_id = touched.id and not exists (select 1 from wanted w where w.record_id = k.record_id and w.key = k.key)
       )
       insert into ${table} (key, record_id) select key, record_id from wanted order by 1, 2 on conflict do nothing`,
      [known.map((row) => row.recordId), ...columns(pairs, ['recordId', 'key'])],
    );
  }

  /** The touched records, all that share a key with them, that they follow or that follow them, and every record of the customers of these. */
  async neighbourhood(tx: Tx, touched: readonly number[]): Promise<Neighbour[]> {
    const rows = await tx.query<{
      record_id: number;
      customer_id: number | null;
      founded_by: number | null;
      name: string;
      excluded: boolean;
      keys: string[] | null;
    }>(
      `with near as (
         select id from unnest($1::bigint[]) as t(id)
         union
         select other.record_id from unnest($1::bigint[]) as t(id)
         join match_key own on own.record_id = t.id join match_key other on other.key = own.key
       ), followed as (
         select id from near
         union select r.founded_by from near join source_record r on r.record_id = near.id where r.founded_by is not null
         union select r.record_id from near join source_record r on r.founded_by = near.id
       ), customers as (
         select distinct r.customer_id from followed near join source_record r on r.record_id = near.id where r.customer_id is not null
       ), records as (
         select id from followed union select r.record_id from customers c join source_record r on r.customer_id = c.customer_id
       )
       select r.record_id, r.customer_id, r.founded_by, r.excluded,
              r.system_id || '|' || coalesce(r.source_key, 'to be made ' || r.record_id) as name,
              (select array_agg(k.key::text order by k.key) from match_key k where k.record_id = r.record_id) as keys
       from records join source_record r on r.record_id = records.id order by 1`,
      [touched],
    );
    return rows.map((row) => ({
      recordId: row.record_id,
      customerId: row.customer_id,
      name: row.name,
      follows: row.founded_by,
      keys: row.keys ?? [],
      alone: row.excluded,
      isNew: false,
    }));
  }

  async foundedBy(tx: Tx, recordIds: readonly number[]): Promise<Founded[]> {
    const rows = await tx.query<{ customer_id: number; founder_record: number }>(
      `select c.customer_id, c.founder_record from unnest($1::bigint[]) as t(id) join customer c on c.founder_record = t.id`,
      [recordIds],
    );
    return rows.map((row) => ({ customerId: row.customer_id, founder: row.founder_record }));
  }

  /** New customers by their founding records. */
  async found(tx: Tx, founders: readonly number[]): Promise<Map<number, number>> {
    if (founders.length === 0) return new Map();
    const rows = await tx.query<{ customer_id: number; founder_record: number }>(
      `insert into customer (founder_record) select id from unnest($1::bigint[]) as t(id) order by 1
       returning customer_id, founder_record`,
      [founders],
    );
    return new Map(rows.map((row) => [row.founder_record, row.customer_id]));
  }

  /** Takes a record out of mastering, or back in. */
  async setExcluded(tx: Tx, recordId: number, excluded: boolean): Promise<void> {
    await tx.query('update source_record set excluded = $2 where record_id = $1', [recordId, excluded]);
  }

  /** Moves the records to their customers. */
  async assign(tx: Tx, moves: readonly { recordId: number; customerId: number }[]): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(
      `update source_record r set customer_id = t.customer from unnest($1::bigint[], $2::bigint[]) as t(id, customer)
       where r.record_id = t.id`,
      columns(moves, ['recordId', 'customerId']),
    );
  }
}
