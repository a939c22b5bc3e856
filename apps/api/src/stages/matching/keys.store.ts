import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** A match key and a record that is found under it. */
export interface KeyRow {
  key: number;
  recordId: number;
}

/** In the place of a record: more hold the key than may be compared by it. */
export const crowd = 0;

/** Which records are found under which match key. */
@Injectable()
export class KeysStore {
  /** All rows of these keys. */
  async of(tx: Tx, keys: readonly number[]): Promise<KeyRow[]> {
    if (keys.length === 0) return [];
    // One row of two arrays: a row for each would cost more than all else here.
    const [found] = await tx.query<{ keys: number[] | null; ids: number[] | null }>(
      `select array_agg(k.key) as keys, array_agg(k.record_id) as ids
       from unnest($1::bigint[]) as t(key) join match_key k on k.key = t.key`,
      [keys],
    );
    return (found!.keys ?? []).map((key, index) => ({ key, recordId: found!.ids![index]! }));
  }

  /** Rows of records that had none. */
  async add(tx: Tx, rows: KeyRow[]): Promise<void> {
    // In the order of the index, for its pages to be met once.
    rows.sort((a, b) => a.key - b.key || a.recordId - b.recordId);
    await tx.copy(
      'match_key',
      ['key', 'record_id'],
      rows.map((row) => [row.key, row.recordId]),
    );
  }

  /** Rows of records that have some of them already. */
  async addMissing(tx: Tx, rows: readonly KeyRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `insert into match_key (key, record_id) select * from unnest($1::bigint[], $2::bigint[]) as t(key, id)
       order by 1, 2 on conflict do nothing`,
      columns(rows, ['key', 'recordId']),
    );
  }

  async remove(tx: Tx, rows: readonly KeyRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `delete from match_key k using unnest($1::bigint[], $2::bigint[]) as t(key, id)
       where k.key = t.key and k.record_id = t.id`,
      columns(rows, ['key', 'recordId']),
    );
  }

  /** Nobody is found under these keys any more. */
  async crowd(tx: Tx, keys: readonly number[]): Promise<void> {
    if (keys.length === 0) return;
    await tx.write('delete from match_key where key = any($1::bigint[])', [keys]);
    await tx.write(`insert into match_key (key, record_id) select key, ${crowd} from unnest($1::bigint[]) as t(key)`, [
      keys,
    ]);
  }

  /** Records have given these keys up: those of them that are crowded may be so no longer. */
  async doubt(tx: Tx, keys: readonly number[]): Promise<void> {
    if (keys.length === 0) return;
    await tx.write(
      `insert into match_doubt (key) select distinct k.key from unnest($1::bigint[]) as t(key)
       join match_key k on k.key = t.key and k.record_id = ${crowd} on conflict do nothing`,
      [keys],
    );
  }

  async isDoubted(tx: Glance): Promise<boolean> {
    return (await tx.query('select 1 from match_doubt limit 1')).length > 0;
  }

  /** The doubted keys, and the records that hold them, which takes a look at all evidence. No key is doubted afterwards. */
  async takeDoubted(tx: Tx): Promise<{ keys: number[]; holders: KeyRow[] }> {
    const doubted = await tx.query<{ key: number }>('delete from match_doubt returning key');
    const keys = doubted.map((row) => row.key);
    const holders = await tx.query<KeyRow>(
      `select t.key, e.record_id as "recordId" from match_evidence e cross join unnest(e.keys) as held(key)
       join unnest($1::bigint[]) as t(key) on t.key = held.key where e.keys && $1::bigint[]`,
      [keys],
    );
    return { keys, holders };
  }

  /** Those who hold the keys are no longer more than may be compared by them. */
  async uncrowd(tx: Tx, keys: readonly number[]): Promise<void> {
    await tx.write(`delete from match_key where key = any($1::bigint[]) and record_id = ${crowd}`, [keys]);
  }

  async clear(tx: Tx): Promise<void> {
    await tx.write('truncate match_key, match_doubt');
  }
}
