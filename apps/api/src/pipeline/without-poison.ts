import { attempt } from '../platform/attempt.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Place } from '../stages/inbox/inbox.store.ts';

/** How rows are worked on, and what becomes of one that cannot be. */
interface Work<Row> {
  /** An attempt without savepoints has failed before. */
  isDoubtful: boolean;
  /** The hub fails on this row whatever else is there: it is not worth an attempt. */
  isPoison: (row: Row) => boolean;
  /** Takes them through the pipeline; the place of each. */
  take: (rows: readonly Row[]) => Promise<readonly Place[]>;
  /** To the error log. */
  refuse: (row: Row) => Promise<void>;
}

/** Rows that cannot be worked on go to the error log and hold up no other. The places of all, in their order. */
export async function withoutPoison<Row>(tx: Tx, rows: readonly Row[], work: Work<Row>): Promise<Place[]> {
  const poisonous = new Set(rows.filter((row) => work.isPoison(row)));
  for (const row of poisonous) await work.refuse(row);
  const sound = rows.filter((row) => !poisonous.has(row));
  const places = sound.length === 0 ? [] : await (work.isDoubtful ? byHalves(tx, sound, work) : work.take(sound));
  let at = 0;
  return rows.map((row) => (poisonous.has(row) ? 'error' : places[at++]!));
}

/** What only the database refuses is found by halves: rows that fail together are tried apart. */
async function byHalves<Row>(tx: Tx, rows: readonly Row[], work: Work<Row>): Promise<Place[]> {
  const places = await attempt(tx, () => work.take(rows));
  if (places) return [...places];
  if (rows.length === 1) {
    await work.refuse(rows[0]!);
    return ['error'];
  }
  const half = Math.ceil(rows.length / 2);
  const first = await byHalves(tx, rows.slice(0, half), work);
  return [...first, ...(await byHalves(tx, rows.slice(half), work))];
}
