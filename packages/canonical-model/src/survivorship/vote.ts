import type { AttributeId, Value } from '../customer/attributes.ts';
import type { Attribute, Model } from '../customer/model/model.ts';
import { byText } from '../facts/by-text.ts';
import type { Assertion, RecordState } from '../facts/record-state.ts';
import { canonicalJson } from '../json.ts';
import type { Lens } from '../mapping/lens.ts';
import type { AssertionRef, Loser, LosingReason, Pin, ShownAssertion } from './golden.ts';

/** One source record of the customer, with the lens of its system. The assertions of a tombstoned one do not count. */
export interface MemberRecord {
  recordId: number;
  lens: Lens;
  state: RecordState;
  tombstoned: boolean;
}

/** An assertion on its way through the rules. */
export interface Vote extends AssertionRef {
  attribute: AttributeId;
  /** What is declared of the attribute. */
  of: Attribute;
  /** The record that says it; null for the steward, whose word an expired pin is. */
  member: MemberRecord | null;
  /** Code of the member's system; null for the steward. */
  system: string | null;
  value: Value | null;
  /** Canonical text of the value: votes of one value stand together. */
  text: string;
  native: string;
  at: number;
  change: boolean;
  over: readonly string[];
}

type Said = Pick<Assertion, 'position' | 'value' | 'native' | 'at'> & Partial<Pick<Assertion, 'change' | 'over'>>;

/** What a record says; a copy that a delivery left there was never a change. */
export function voteOf(attribute: AttributeId, member: MemberRecord, said: Said): Vote {
  const { recordId, lens } = member;
  const { position, value, native, at, change = false, over = [] } = said;
  const text = canonicalJson(value);
  const of = lens.model.attributeOf(attribute);
  const rest = { value, text, native, at, change, over };
  return { attribute, of, recordId, position, member, system: lens.system, ...rest };
}

/** What a steward said by a pin. It counts as a value that the customer came with: two systems conflict, a steward decides. */
export function stewardVote({ attribute, recordId, decisionId, value, at }: Pin, model: Model): Vote {
  const position = `pin.${decisionId}`;
  const text = canonicalJson(value);
  const said = { value, text, native: text, at, change: false, over: [] };
  return { attribute, of: model.attributeOf(attribute), recordId, position, member: null, system: null, ...said };
}

export function refOf({ recordId, position }: AssertionRef): AssertionRef {
  return { recordId, position };
}

/** The vote is the assertion that a person was shown, or the same said earlier than was known then; what was said later is another. */
export function isShown(vote: Vote, shown: ShownAssertion): boolean {
  if (vote.recordId !== shown.recordId) return false;
  if (vote.position === shown.position) return true;
  return shown.at !== undefined && vote.at <= shown.at && vote.text === canonicalJson(shown.value);
}

/** The later first. Record ids come last: they only tell which record the hub heard of first. */
export function byTime(a: Vote, b: Vote): number {
  return (
    b.at - a.at ||
    byText(b.text, a.text) ||
    byText(a.system ?? '', b.system ?? '') ||
    byText(a.native, b.native) ||
    byText(a.position, b.position) ||
    a.recordId - b.recordId
  );
}

/** A vote that lost, with why. */
export interface Lost {
  vote: Vote;
  why: LosingReason;
}

export function lost(votes: readonly Vote[], why: LosingReason): Lost[] {
  return votes.map((vote) => ({ vote, why }));
}

export function losersOf(all: readonly Lost[]): Loser[] {
  return all
    .toSorted((a, b) => byTime(a.vote, b.vote))
    .map(({ vote, why }) => ({ ...refOf(vote), value: vote.value, at: vote.at, why }));
}
