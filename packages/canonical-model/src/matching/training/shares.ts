import type { CustomerKind } from '../../customer/attributes.ts';
import { levelsOf } from '../ladders.ts';
import type { MatchModel } from '../model.ts';
import { comparedFields } from '../score.ts';

/** Of one field, how often each level comes, the worst level first: among pairs that are the same customer, and among strangers. */
export interface FieldShares {
  field: string;
  same: Float64Array;
  stranger: Float64Array;
}

/** Of those who agree somehow, so many agree fully. What weights alone leave open; it is the middle of what was measured on public sets. */
const fullyAlike = 0.72;
const [leastDifferent, mostDifferent] = [0.02, 0.6];

type Levels = Record<string, [number, number]>;

/** Where the model keeps the weights of a field or trait. */
export function levelsIn(model: MatchModel, kind: CustomerKind, field: string): Levels {
  const { levels, traits = {} } = model[kind];
  return { ...(traits as Record<string, Levels>), ...(levels as Record<string, Levels>) }[field]!;
}

/** The weights of a field in bits by its levels, whatever levels it has. */
export function weightsOf(model: MatchModel, kind: CustomerKind, field: string): [number, number][] {
  const levels = levelsIn(model, kind, field);
  return levelsOf(kind, field).map((level) => [levels[level]![0], levels[level]![1]]);
}

/**
 * The shares that a model's weights stand for. A weight is the ratio of two shares, so one of the two is chosen: it is how pairs of one
 * customer are spread in most lists. The ratio of the two is the weight exactly.
 */
export function sharesOf(model: MatchModel, kind: CustomerKind): FieldShares[] {
  return comparedFields(model, kind).map((field) => {
    const weights = weightsOf(model, kind, field);
    const top = weights.length - 1;
    const different = Math.min(mostDifferent, Math.max(leastDifferent, 2 ** weights[0]![0]));
    const between = top > 1 ? ((1 - fullyAlike) * (1 - different)) / (top - 1) : 0;
    const same = Float64Array.from(weights, (_, level) =>
      level === 0 ? different : level === top ? 1 - different - between * (top - 1) : between,
    );
    return { field, same, stranger: same.map((share, level) => share / 2 ** weights[level]![0]) };
  });
}

/** Counts pulled towards what was believed before: `pull` is the number of pairs that the belief is worth. */
export function pulled(counts: Float64Array, belief: Float64Array, pull: number): Float64Array {
  const all = counts.reduce((sum, one) => sum + one, 0) + pull * belief.reduce((sum, one) => sum + one, 0);
  return counts.map((count, level) => (count + pull * belief[level]!) / all);
}

/** Fully alike may be so much rarer than was believed; different so much rarer and more frequent. */
const bounds = { same: 0.4, differentLow: 0.4, differentHigh: 1, different: [0.01, 0.6] } as const;

/** Keeps what was learned near what was believed: no list is so odd, but a training can go astray. */
export function bounded(learned: Float64Array, belief: Float64Array): Float64Array {
  const top = learned.length - 1;
  let shares = learned;
  const least = bounds.same * belief[top]!;
  if (shares[top]! < least) {
    const mix = (least - shares[top]!) / Math.max(1e-9, belief[top]! - shares[top]!);
    shares = shares.map((share, level) => share * (1 - mix) + belief[level]! * mix);
  }
  const [floor, ceiling] = bounds.different;
  const low = Math.max(floor, bounds.differentLow * belief[0]!);
  const high = Math.min(ceiling, bounds.differentHigh * belief[0]!);
  const different = Math.min(high, Math.max(low, shares[0]!));
  const rest = (1 - different) / (1 - shares[0]!);
  return shares.map((share, level) => (level === 0 ? different : share * rest));
}

/** A better level never speaks less for the same customer than a worse one: neighbours that do are pooled. */
export function monotone(same: Float64Array, stranger: Float64Array): Float64Array {
  const pools: { same: number; stranger: number; levels: number[] }[] = [];
  for (const level of same.keys()) {
    let pool = { same: same[level]!, stranger: stranger[level]!, levels: [level] };
    for (
      let before = pools.at(-1);
      before && before.same / before.stranger > pool.same / pool.stranger;
      before = pools.at(-1)
    ) {
      // prettier-ignore
      pools.pop();
      pool = { same: before.same + pool.same, stranger: before.stranger + pool.stranger, levels: [...before.levels, ...pool.levels] }; // prettier-ignore
    }
    pools.push(pool);
  }
  const result = new Float64Array(same.length);
  for (const pool of pools)
    for (const level of pool.levels) result[level] = (stranger[level]! * pool.same) / pool.stranger;
  return result;
}
