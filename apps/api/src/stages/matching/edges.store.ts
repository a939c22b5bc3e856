import { Injectable } from '@nestjs/common';
import { enoughInCommon, type Edge } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** Pairs of records that may be one customer, by the model. */
@Injectable()
export class EdgesStore {
  /** The edges among these records. */
  async among(tx: Tx, recordIds: readonly number[]): Promise<Edge[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{ one: number; other: number; weight: number; asks: boolean }>(
      `select e.record_id as one, e.other_id as other, e.weight, e.asks from unnest($1::bigint[]) as t(id)
       join match_edge e on e.record_id = t.id and e.other_id > e.record_id`,
      [recordIds],
    );
    return rows.map(({ one, other, weight, asks }) => ({ records: [one, other], weight, asks }));
  }

  async add(tx: Tx, edges: readonly Edge[]): Promise<void> {
    await tx.copy(
      'match_edge',
      ['record_id', 'other_id', 'weight', 'asks'],
      edges.flatMap(({ records: [one, other], weight, asks }) => [
        [one, other, weight, asks],
        [other, one, weight, asks],
      ]),
    );
  }

  /** Removes all edges of these records. Returns the records at the other ends. */
  async remove(tx: Tx, recordIds: readonly number[]): Promise<number[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{ id: number }>(
      `with gone as (delete from match_edge where record_id = any($1::bigint[]) returning record_id, other_id),
       back as (delete from match_edge e using gone where e.record_id = gone.other_id and e.other_id = gone.record_id)
       select distinct other_id as id from gone`,
      [recordIds],
    );
    return rows.map((row) => row.id);
  }

  /** Removes the edges among these records that have too little in common by now. Returns both of their ends. */
  async loosen(tx: Tx, recordIds: readonly number[]): Promise<number[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<{ id: number }>(
      `delete from match_edge e using unnest($1::bigint[]) as t(id)
       where e.record_id = t.id and e.other_id = any($1::bigint[]) and (
         select coalesce(sum(case when held.key % 2 = 1 then 1 else $2::int end), 0) from match_evidence one
         join match_evidence other on other.record_id = e.other_id
         cross join unnest(one.keys) as held(key)
         join match_key k on k.key = held.key and k.record_id = e.record_id
         where one.record_id = e.record_id and held.key = any(other.keys)) < $2::int
       returning e.record_id as id`,
      [recordIds, enoughInCommon],
    );
    return rows.map((row) => row.id);
  }

  async clear(tx: Tx): Promise<void> {
    // Not truncated: who reads reviews would wait until the work is committed.
    await tx.write('delete from match_edge');
  }
}
