import { itemListOf, type AttributeId } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import { holdsSame, type RecordState } from '../facts/record-state.ts';
import type { Lens, Reading } from '../mapping/lens.ts';
import { tellsAll } from './listing.ts';

/** Attributes and lists whose drift is looked for in a share of the rows of each run (in percent), or in none. */
export type ComparedSet =
  | { compared: 'sample'; share: number; attributes: readonly string[] }
  | { compared: 'never'; attributes: readonly string[] };

/** How a run looks for drift: what no set names is compared in every row. `turn` counts such runs, so that samples go round. */
export interface DriftComparison {
  sets: readonly ComparedSet[];
  turn: number;
}

/** So many runs have looked at every row. */
export function runsForAll(share: number): number {
  return Math.ceil(100 / share);
}

/**
 * The row as listed, without the drift that the run does not look for: there it is taken to hold what it is known to hold. Null where
 * nothing else has drifted. Of another kind of customer all is compared.
 */
export function withoutUnseenDrift(
  reading: Reading,
  known: Pick<RecordState, 'kind' | 'held'>,
  recordId: number,
  comparison: DriftComparison | null,
  lens: Pick<Lens, 'model'>,
): Reading | null {
  if (!comparison || reading.kind !== known.kind) return reading;
  const unseen = unseenIn(comparison, recordId);
  if (unseen.size === 0) return reading;
  const isUnseen = (attribute: AttributeId) => unseen.has(itemListOf(attribute) ?? attribute);
  const shown = entriesOf(reading.attributes).filter(([attribute]) => !isUnseen(attribute));
  const taken = entriesOf(known.held).filter(([attribute]) => isUnseen(attribute));
  const attributes = Object.fromEntries([
    ...shown,
    ...taken.map(([attribute, { fields, value, repeats }]) => [
      attribute,
      { fields, value, ...(repeats !== undefined && { repeats }) },
    ]),
  ]) as Reading['attributes'];
  const seen = { ...reading, attributes };
  return holdsSame(seen, known, lens) && tellsAll(seen, known.held) ? null : seen;
}

function unseenIn({ sets, turn }: DriftComparison, recordId: number): ReadonlySet<string> {
  const unseen = new Set<string>();
  for (const set of sets)
    if (set.compared === 'never' || !isInSample(recordId, set.share, turn))
      for (const attribute of set.attributes) unseen.add(attribute);
  return unseen;
}

const places = 10_000;

/** The rows stand in a circle in an order that tells nothing of them; each run looks at the next stretch of it. */
export function isInSample(recordId: number, share: number, turn: number): boolean {
  const width = (share * places) / 100;
  const from = (turn * width) % places;
  return (placeOf(recordId) - from + places) % places < width;
}

/** The same for a record each time, and evenly spread (the last steps of MurmurHash3). */
function placeOf(recordId: number): number {
  let mixed = recordId | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % places;
}
