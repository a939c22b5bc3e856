import { Injectable } from '@nestjs/common';
import { keyScheme } from '@cinch/canonical-model';
import type { Glance, Tx } from '../../platform/transaction.ts';
import type { StoredEvidence } from './evidence.store.ts';

/** How far the placing of all records has come. */
export interface Placing {
  version: number;
  scheme: number;
  /** All up to this record are placed. */
  after: number;
  done: number;
  /** All are placed that were there: what remains has changed since. */
  isThrough: boolean;
}

/** What a record says of itself, as everybody has it. */
export type Words = Omit<StoredEvidence, 'keys'>;

/** What placing writes. */
const tables = ['match_key', 'match_doubt', 'match_edge', 'match_evidence'];
/** Whoever reads them at the moment is not waited for longer: everybody else would wait behind. It is tried again. */
const waitForReadersMs = 50;

/** The tables in which all records are placed anew, aside of those that are in force. */
@Injectable()
export class NextPlacesStore {
  async placing(tx: Glance): Promise<Placing | null> {
    const [row] = await tx.query<Placing>(
      `select version, scheme, after, done, is_through as "isThrough" from matching_next.placing where only_one`,
    );
    return row ?? null;
  }

  /** Whether it has come no further since. Whoever else works on it waits until this transaction is over. */
  async isStill(tx: Tx, { version, scheme, after, isThrough }: Placing): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from matching_next.placing where version = $1 and scheme = $2 and after = $3 and is_through = $4 for update`,
      [version, scheme, after, isThrough],
    );
    return rows.length > 0;
  }

  /** From this commit on it is noted who says something else of itself. */
  async begin(tx: Tx, version: number): Promise<void> {
    await this.clear(tx);
    await tx.write('insert into matching_next.placing (version, scheme) values ($1, $2)', [version, keyScheme]);
  }

  async cameTo(tx: Tx, recordId: number, done: number): Promise<void> {
    await tx.write('update matching_next.placing set after = $1, done = done + $2', [recordId, done]);
  }

  async through(tx: Tx): Promise<void> {
    await tx.write('update matching_next.placing set is_through = true');
  }

  /** What this transaction reads and writes of places is that of the next ones. */
  async enter(tx: Tx): Promise<void> {
    await tx.write('set local search_path = matching_next, public');
  }

  /** The planner takes a table that was just begun for an empty one. */
  async analyze(tx: Tx): Promise<void> {
    await tx.write(`analyze ${tables.map((table) => `matching_next.${table}`).join(', ')}`);
  }

  /** The next records after this one, as everybody has them. */
  page(tx: Tx, after: number, limit: number): Promise<Words[]> {
    return tx.query(
      `select record_id as "recordId", mark, evidence from public.match_evidence where record_id > $1 order by 1 limit $2`,
      [after, limit],
    );
  }

  of(tx: Tx, recordIds: readonly number[]): Promise<Words[]> {
    return tx.query(
      `select record_id as "recordId", mark, evidence from public.match_evidence
       where record_id = any($1::bigint[]) order by 1`,
      [recordIds],
    );
  }

  /** These say something else of themselves, or nothing any more; a placing that is under way has to come to them again. */
  async noteChanged(tx: Tx, recordIds: readonly number[]): Promise<void> {
    if (recordIds.length > 0)
      await tx.write('insert into matching_next.changed (record_id) select unnest($1::bigint[])', [recordIds]);
  }

  /** Whether more have changed than that. */
  async isFarBehind(tx: Glance, most: number): Promise<boolean> {
    return (await tx.query('select 1 from matching_next.changed offset $1 limit 1', [most])).length > 0;
  }

  /** Those that changed first, each once; null: all of them. */
  async takeChanged(tx: Tx, limit: number | null): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `delete from matching_next.changed
       where seq <= (select max(seq) from (select seq from matching_next.changed order by seq limit $1) as first)
       returning record_id as id`,
      [limit],
    );
    return [...new Set(rows.map(({ id }) => id))].sort((a, b) => a - b);
  }

  /** The next places are those of everybody from this commit on, and nothing is kept of the last ones. */
  async takeTheirPlace(tx: Tx): Promise<void> {
    await tx.write(`set local lock_timeout = ${waitForReadersMs}`);
    for (const table of tables) {
      await tx.write(`alter table public.${table} set schema matching_before`);
      await tx.write(`alter table matching_next.${table} set schema public`);
      await tx.write(`alter table matching_before.${table} set schema matching_next`);
    }
    await this.clear(tx);
  }

  private async clear(tx: Tx): Promise<void> {
    // In the order in which whoever places locks them, `isStill` first.
    const all = ['placing', ...tables, 'changed'].map((table) => `matching_next.${table}`);
    await tx.write(`truncate ${all.join(', ')}`);
  }
}
