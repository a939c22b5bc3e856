import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';

/** Names one assertion among a customer's: the record and the position of the entry that said it. */
export interface AssertionRef {
  recordId: number;
  position: string;
}

/**
 * Why a value lost. `older`, `tie` and `outranked` are the rule's own verdicts; `part` took part in an aggregate; `supports` and
 * `abstains` are copies of another value; `not-owner` and `refused` are another system's word on an owned value; `not-valid` failed the
 * rule's gate; `against-a-pin` differs from a standing pin.
 */
export type LosingReason =
  | 'older'
  | 'tie'
  | 'outranked'
  | 'part'
  | 'supports'
  | 'abstains'
  | 'superseded'
  | 'decided-against'
  | 'not-owner'
  | 'requested'
  | 'refused'
  | 'not-valid'
  | 'against-a-pin'
  | 'tombstoned';

export interface Loser extends AssertionRef {
  value: Value | null;
  at: number;
  why: LosingReason;
}

/** The strategies of survivorship, and the two ways in which a person settles a value. */
export const strategies = [
  'owner',
  'owner-by-phase',
  'source-priority',
  'most-recent',
  'valid-first',
  'most-frequent',
  'most-complete',
  'longest',
  'minimum',
  'maximum',
  'sum',
  'union',
  'value-ranking',
  'follow',
  'trust',
  'consent',
  'transition',
] as const;
export type Strategy = (typeof strategies)[number];

/** One surviving value with its whole explanation. Times are in milliseconds since 1970, UTC. */
export interface GoldenAttribute {
  value: Value | null;
  rule: Strategy | 'choice' | 'pin';
  /** The assertion that won; of an aggregate, the latest of those that it is made of; of a pin, the record that it was made on. */
  from: AssertionRef;
  at: number;
  decisionId: number | null;
  /** The system that masters the attribute: no view writes it there. Null where it is shared. */
  owner: string | null;
  losers: Loser[];
  /** What would make another value win, in a sentence without values; null where nothing else was said. */
  flip: string | null;
}

export type GoldenAttributes = Record<AttributeId, GoldenAttribute>;

/** One of the values that a steward chooses between. */
export interface Candidate extends AssertionRef {
  value: Value | null;
  at: number;
  provisional: boolean;
}

/** `pins`: records with different pins came together; else two systems' changes, or the rule asks a person. */
export interface OpenConflict {
  attribute: AttributeId;
  cause: 'concurrent' | 'asked' | 'pins';
  candidates: Candidate[];
}

/**
 * A write to an attribute that another system owns. It is named by the assertion that asks (`from`), and lapses by itself when that
 * assertion is replaced or the owner comes to say the same.
 */
export interface ChangeRequest {
  attribute: AttributeId;
  from: AssertionRef;
  /** The system that asks, and the one that owns the attribute. */
  system: string;
  owner: string;
  value: Value | null;
  at: number;
  /** The golden value that it would replace. */
  base: Value | null;
  state: 'open' | 'accepted';
  /** The answer that accepted it, and the owner's record that is to get the value. */
  decisionId: number | null;
  target: number | null;
}

/**
 * An assertion as a person was shown it. An entry that arrives late may turn out to have said the same value before: it is the same
 * assertion then, under another position.
 */
export interface ShownAssertion extends AssertionRef {
  value?: Value | null;
  at?: number;
}

/** A steward's choice: it settles the assertions that it was shown. */
export interface Choice {
  decisionId: number;
  attribute: AttributeId;
  chosen: ShownAssertion;
  basis: ShownAssertion[];
}

/** Fixes a value for the customer of the record that it was made on, also against later assertions, until it ends. */
export interface Pin {
  decisionId: number;
  attribute: AttributeId;
  recordId: number;
  value: Value | null;
  /** When it was made, and when it ends (null: never), in milliseconds since 1970, UTC. */
  at: number;
  until: number | null;
}

/** A steward's answer to a change request; `target` is the owner's record that an accepted value goes to. */
export interface RequestAnswer {
  decisionId: number;
  attribute: AttributeId;
  request: ShownAssertion;
  accepted: boolean;
  target: number | null;
}

/** Superseded assertions that an admin lets vote again. */
export interface Reconsideration {
  decisionId: number;
  attribute: AttributeId;
  assertions: ShownAssertion[];
}

/** The standing decisions about the values of a customer's records. */
export interface ValueDecisions {
  choices: readonly Choice[];
  pins: readonly Pin[];
  answers: readonly RequestAnswer[];
  reconsidered: readonly Reconsideration[];
}

export const noDecisions: ValueDecisions = { choices: [], pins: [], answers: [], reconsidered: [] };

export interface Survived {
  kind: CustomerKind;
  attributes: GoldenAttributes;
  conflicts: OpenConflict[];
  requests: ChangeRequest[];
  /** The earliest instant at which time alone could change the answer, in milliseconds since 1970; null: never. */
  recheckAt: number | null;
}

/** The text by which API and tables name an assertion. */
export function assertionId(ref: AssertionRef): string {
  return `${ref.recordId}@${ref.position}`;
}

/** The assertion that a text of `assertionId` names. */
export function assertionRef(id: string): AssertionRef {
  const at = id.indexOf('@');
  return { recordId: Number(id.slice(0, at)), position: id.slice(at + 1) };
}
