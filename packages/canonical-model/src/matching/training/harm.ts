import { nameFields } from '../ladders.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { bitsOf, weigh, type Belief, type Labels, type Tables } from './session.ts';

/** A table with what speaks for *the same* against a housemate before anything is compared. */
export interface Weights extends Tables {
  prior: number;
}

/** So much worse it may be by chance, as factors, and as a share of the pairs that are linked. */
const chance = { found: 0.98, contradicted: 2, linked: 0.1 } as const;

/** Places of the fields that are the name. */
export function namesIn({ shares }: Belief): number[] {
  return shares.flatMap(({ field }, at) => (nameFields.has(field) ? [at] : []));
}

/** All of the name that both tell is fully alike, and nothing contradicts. */
export function isSurelyNamed(
  pairs: ComparedPairs,
  pair: number,
  { shares }: Belief,
  names: readonly number[],
): boolean {
  const isLike = (at: number) => [-1, shares[at]!.same.length - 1].includes(pairs.level(pair, at));
  return !pairs.isContradicted(pair) && names.every(isLike) && names.some((at) => pairs.level(pair, at) >= 0);
}

/**
 * Whether new weights would do harm, told without a label: more of what they link contradicts itself; or pairs that surely are one
 * customer, by the whole name and something else, are found no longer when the best of what they agree in is covered. What stewards said
 * of pairs weighs first.
 */
export function isWorse(
  pairs: ComparedPairs,
  belief: Belief,
  labels: Labels,
  link: number,
  { before, after }: { before: Weights; after: Weights },
): boolean {
  const [was, is] = [before, after].map((weights) => resultOf(pairs, belief, labels, link, weights)) as [
    Result,
    Result,
  ];
  if (is.wrong > was.wrong) return true;
  if (is.found < was.found * chance.found) return true;
  const share = (result: Result) => result.contradicted / Math.max(1, result.linked);
  return share(is) > share(was) * chance.contradicted + chance.linked;
}

interface Result {
  linked: number;
  contradicted: number;
  /** Surely one customer, and found by half of what they agree in. */
  found: number;
  /** Against what a steward said. */
  wrong: number;
}

function resultOf(pairs: ComparedPairs, belief: Belief, labels: Labels, link: number, weights: Weights): Result {
  const result = { linked: 0, contradicted: 0, found: 0, wrong: 0 };
  const priors = { ...belief.priors, housemate: weights.prior };
  const names = namesIn(belief);
  for (let pair = 0; pair < pairs.size; pair += 1) {
    const sums = weigh(pairs, pair, weights);
    const isLinked = bitsOf({ ...belief, priors }, sums) >= link;
    const said = labels.get(pair);
    if (said !== undefined && said !== isLinked) result.wrong += 1;
    if (isLinked) result.linked += 1;
    if (isLinked && pairs.isContradicted(pair)) result.contradicted += 1;
    if (!isSurelyNamed(pairs, pair, belief, names)) continue;
    const best = bestBesideName(pairs, pair, belief, weights);
    if (best === null) continue;
    const level = pairs.level(pair, best);
    const covered = {
      stranger: sums.stranger - weights.stranger[best]![level]! - pairs.rarityOf(pair, best),
      housemate: sums.housemate - weights.housemate[best]![level]!,
    };
    if (bitsOf({ ...belief, priors }, covered) >= link) result.found += 1;
  }
  return result;
}

/** The field besides the name in which they are fully alike and that says most; null where there is none. */
function bestBesideName(pairs: ComparedPairs, pair: number, { shares }: Belief, { stranger }: Weights): number | null {
  let best: number | null = null;
  for (const [at, { field, same }] of shares.entries()) {
    if (nameFields.has(field) || pairs.level(pair, at) !== same.length - 1) continue;
    if (best === null || stranger[at]!.at(-1)! > stranger[best]!.at(-1)!) best = at;
  }
  return best;
}
