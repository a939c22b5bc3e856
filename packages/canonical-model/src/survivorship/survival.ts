import type { AttributeId } from '../customer/attributes.ts';
import type { Survived } from './golden.ts';
import type { Outcome } from './outcome.ts';
import { looksAtOthers, ruleFor } from './rules.ts';
import { survive, type SurviveInput } from './survive.ts';

/**
 * What survives of one customer that is asked about again and again, the same as `survive` says each time: an attribute of which nothing was
 * said since is not decided anew. States may grow in place, as those of a `Folding` do; an assertion that is replaced is another object.
 */
export class Survival {
  private hearing: readonly unknown[] = [];
  private askedAt = -Infinity;
  private readonly decided = new Map<AttributeId, { said: readonly unknown[]; outcome: Outcome }>();

  of(input: SurviveInput): Survived {
    const hearing = whoIsHeard(input);
    if (input.asOf < this.askedAt || !areSame(hearing, this.hearing)) this.decided.clear();
    this.hearing = hearing;
    this.askedAt = input.asOf;
    return survive(input, this);
  }

  known(attribute: AttributeId, input: SurviveInput): Outcome | null {
    const before = this.decided.get(attribute);
    if (!before) return null;
    const { recheckAt } = before.outcome;
    const isDue = recheckAt !== null && recheckAt <= input.asOf;
    return !isDue && saysStill(attribute, input, before.said) ? before.outcome : null;
  }

  keep(attribute: AttributeId, input: SurviveInput, outcome: Outcome): void {
    if (looksAtOthers(ruleFor(input.rules, attribute, input.model))) return;
    this.decided.set(attribute, { said: saidOf(attribute, input), outcome });
  }
}

/** All that the outcome of every attribute depends on. */
function whoIsHeard({ members, decisions, rules, model, lives }: SurviveInput): unknown[] {
  const { choices, pins, answers, reconsidered } = decisions;
  const heard: unknown[] = [rules, model, lives];
  for (const all of [choices, pins, answers, reconsidered]) heard.push(all, all.length);
  for (const { recordId, lens, state, tombstoned } of members)
    heard.push(recordId, lens, tombstoned, state.kind, state.life, state.lifeSince, state.takenBack.length);
  return heard;
}

/** What the records say of one attribute. An assertion is superseded in place, and moves are added in place. */
function saidOf(attribute: AttributeId, { members }: SurviveInput): unknown[] {
  const said: unknown[] = [];
  for (const { state } of members) {
    const own = state.asserted[attribute];
    const moves = state.moves[attribute];
    said.push(own, own?.superseded, state.delivered[attribute], moves, moves?.length);
  }
  return said;
}

/** Whether `saidOf` would be the same: asked of every attribute each time, most often in vain, so that nothing is gathered for it. */
function saysStill(attribute: AttributeId, { members }: SurviveInput, said: readonly unknown[]): boolean {
  let at = 0;
  for (const { state } of members) {
    const own = state.asserted[attribute];
    const moves = state.moves[attribute];
    if (own !== said[at] || own?.superseded !== said[at + 1] || state.delivered[attribute] !== said[at + 2])
      return false;
    if (moves !== said[at + 3] || moves?.length !== said[at + 4]) return false;
    at += 5;
  }
  return at === said.length;
}

function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
