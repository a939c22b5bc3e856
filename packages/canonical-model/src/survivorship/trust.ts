import type { RuleOf } from './rules.ts';

export const dayMs = 24 * 60 * 60 * 1000;

/** Trust in one assertion: `initial` until `from`, down in a straight line to `floor` at `until`, and so for ever. */
export interface TrustCurve {
  initial: number;
  floor: number;
  /** In milliseconds since 1970, UTC; so is `until`. */
  from: number;
  until: number;
}

/** A system that the rule does not name is not trusted at all. */
export function trustCurve({ systems }: RuleOf<'trust'>, system: string | null, at: number): TrustCurve {
  const trust = system === null ? undefined : systems[system];
  if (!trust) return { initial: 0, floor: 0, from: at, until: at };
  return { initial: trust.initial, floor: trust.floor, from: at, until: at + trust.decayDays * dayMs };
}

export function trustAt({ initial, floor, from, until }: TrustCurve, instant: number): number {
  if (instant <= from) return initial;
  if (instant >= until) return floor;
  return initial - ((initial - floor) * (instant - from)) / (until - from);
}

/**
 * The first millisecond after an instant at which the two stand otherwise to each other than at it; null when that never comes.
 * Between two bends both are straight, so within a stretch they can part or meet only once.
 */
export function nextCrossing(a: TrustCurve, b: TrustCurve, after: number): number | null {
  const standing = (instant: number) => Math.sign(trustAt(a, instant) - trustAt(b, instant));
  const now = standing(after);
  const bends = [a.from, a.until, b.from, b.until].filter((bend) => bend > after).sort((x, y) => x - y);
  let before = after;
  for (const bend of bends) {
    if (standing(bend) !== now) return firstBetween(before, bend, (instant) => standing(instant) !== now);
    before = bend;
  }
  return null;
}

/** The first whole number above `low` and up to `high` that passes, where all above it pass too. */
function firstBetween(low: number, high: number, passes: (instant: number) => boolean): number {
  let [below, found] = [low, high];
  while (found - below > 1) {
    const middle = Math.floor((below + found) / 2);
    if (passes(middle)) found = middle;
    else below = middle;
  }
  return found;
}
