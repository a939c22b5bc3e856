import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';

/** Names one assertion among a customer's: the record and the position of the entry that said it. */
export interface AssertionRef {
  recordId: number;
  position: string;
}

export type LosingReason = 'older' | 'tie' | 'supports' | 'abstains' | 'superseded' | 'decided-against';

export interface Loser extends AssertionRef {
  value: Value | null;
  at: number;
  why: LosingReason;
}

/** One surviving value with its whole explanation. Times are in milliseconds since 1970, UTC. */
export interface GoldenAttribute {
  value: Value | null;
  rule: 'most-recent' | 'choice';
  from: AssertionRef;
  at: number;
  decisionId: number | null;
  losers: Loser[];
}

export type GoldenAttributes = Partial<Record<AttributeId, GoldenAttribute>>;

/** One of the values that a steward chooses between. */
export interface Candidate extends AssertionRef {
  value: Value | null;
  at: number;
  provisional: boolean;
}

export interface OpenConflict {
  attribute: AttributeId;
  candidates: Candidate[];
}

/** A steward's choice: it settles the assertions that it was shown. */
export interface Choice {
  decisionId: number;
  attribute: AttributeId;
  chosen: AssertionRef;
  basis: AssertionRef[];
}

export interface Survived {
  kind: CustomerKind;
  attributes: GoldenAttributes;
  conflicts: OpenConflict[];
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
