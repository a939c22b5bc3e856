import { nameFields } from '../ladders.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { isSurelyNamed, namesIn } from './harm.ts';
import type { Belief, Session } from './session.ts';

/**
 * How many pairs of one customer there are, told by those that surely are: the whole name and one thing more are alike. How often that is
 * so among pairs of one customer is known, so that the others can be reckoned. The middle of what the fields say; null where none says enough.
 */
export function matchesBySurePairs(
  pairs: ComparedPairs,
  belief: Belief,
  { same, told, expected }: Session,
): number | null {
  const names = namesIn(belief);
  const tops = belief.shares.map((one) => one.same.length - 1);
  const further = belief.shares.flatMap(({ field }, at) => (nameFields.has(field) || told[at]! < fewest ? [] : [at]));
  const counts = new Float64Array(pairs.fields);
  for (let pair = 0; pair < pairs.size; pair += 1) {
    if (!isSurelyNamed(pairs, pair, belief, names)) continue;
    for (const at of further) if (pairs.level(pair, at) === tops[at]) counts[at]! += 1;
  }
  const topOf = (at: number) => (same[at] ?? belief.shares[at]!.same)[tops[at]!]!;
  // Where one of the two says nothing of a part of the name, the rest is the whole name.
  const named = names.reduce((share, at) => share * (1 - Math.min(1, told[at]! / expected) * (1 - topOf(at))), 1);
  const reckoned = further
    .map((at) => (counts[at]! * expected) / (named * topOf(at) * told[at]!))
    .filter((one) => one > 0)
    .sort((a, b) => a - b);
  return reckoned[Math.floor(reckoned.length / 2)] ?? null;
}

/** A field of which fewer pairs of one customer tell says nothing. */
const fewest = 100;
