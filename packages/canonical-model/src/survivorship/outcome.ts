import type { AttributeId } from '../customer/attributes.ts';
import type { ChangeRequest, Choice, GoldenAttribute, OpenConflict } from './golden.ts';
import type { Phases } from './ownership.ts';
import type { Hearing, Roll } from './roll.ts';
import type { Rule } from './rules.ts';
import { isShown, type Vote } from './vote.ts';

/** One attribute to be decided. */
export interface Matter {
  attribute: AttributeId;
  rule: Rule;
  roll: Roll;
  hearing: Hearing;
  phases: Phases;
  /** The record whose value won the attribute that the rule follows. */
  followed: number | null;
}

/** What came of one attribute; `golden` null: nothing is known of it that counts. */
export interface Outcome {
  golden: GoldenAttribute | null;
  conflict: OpenConflict | null;
  requests: ChangeRequest[];
  recheckAt: number | null;
}

/** The last standing choice that one of the votes was chosen by. */
export function choiceFor(votes: readonly Vote[], choices: readonly Choice[]): Choice | null {
  return choices.findLast((choice) => votes.some((vote) => isShown(vote, choice.chosen))) ?? null;
}

export function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.min(...known);
}
