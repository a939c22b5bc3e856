import { attempt } from '../platform/attempt.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Place } from '../stages/inbox/inbox.store.ts';

/** What became of a row; `aside`: the database refuses it, and none of it is stored. */
export type Taken = Place | 'aside';

/** How rows are worked on, and what becomes of one that cannot be. */
interface Work<Row> {
  /** Whether it may fail at the cost of a savepoint only: an attempt has failed before, or the rows are many. */
  isGuarded: boolean;
  /** The hub fails on this row whatever else is there: it is not worth an attempt. */
  isPoison: (row: Row) => boolean;
  /** Takes them through the pipeline; the place of each. `mayLeave`: those that the database refuses may be left out. */
  take: (rows: readonly Row[], mayLeave: boolean) => Promise<readonly Taken[]>;
  /** To the error log. */
  refuse: (row: Row) => Promise<void>;
}

/** Rows that cannot be worked on go to the error log and hold up no other. The places of all, in their order. */
export async function withoutPoison<Row>(tx: Tx, rows: readonly Row[], work: Work<Row>): Promise<Place[]> {
  const poisonous = new Set(rows.filter((row) => work.isPoison(row)));
  for (const row of poisonous) await work.refuse(row);
  const sound = rows.filter((row) => !poisonous.has(row));
  const places = await soundPlaces(tx, sound, work);
  let at = 0;
  return rows.map((row) => (poisonous.has(row) ? 'error' : places[at++]!));
}

async function soundPlaces<Row>(tx: Tx, rows: readonly Row[], work: Work<Row>): Promise<Place[]> {
  if (rows.length === 0) return [];
  return work.isGuarded ? guarded(tx, rows, work) : ((await work.take(rows, false)) as Place[]);
}

/** What only the database refuses is left out where it tells at which row it stopped, and found by halves where not. */
async function guarded<Row>(tx: Tx, rows: readonly Row[], work: Work<Row>): Promise<Place[]> {
  const isOne = rows.length === 1;
  const outcome = await attempt(tx, () => work.take(rows, !isOne));
  if ('result' in outcome) return eachAside(tx, rows, outcome.result, work);
  if (isOne) {
    await work.refuse(rows[0]!);
    return ['error'];
  }
  const half = Math.ceil(rows.length / 2);
  const first = await guarded(tx, rows.slice(0, half), work);
  return [...first, ...(await guarded(tx, rows.slice(half), work))];
}

/** A row that was left out is tried alone before it is refused: it may have failed by its company. */
async function eachAside<Row>(
  tx: Tx,
  rows: readonly Row[],
  taken: readonly Taken[],
  work: Work<Row>,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const [index, place] of taken.entries())
    places.push(place === 'aside' ? (await guarded(tx, [rows[index]!], work))[0]! : place);
  return places;
}
