import type { RecordPair } from '../matching/pairs.ts';
import type { Choice, Pin } from '../survivorship/golden.ts';

/** A steward's *the same customer*. */
export interface Link {
  kind: 'link';
  decisionId: number;
  records: RecordPair;
}

/** A steward's *not the same customer*: no customer may hold both. */
export interface NotSame {
  kind: 'not-same';
  decisionId: number;
  records: RecordPair;
}

/** The record is kept out of mastering, such as test data. */
export interface Exclude {
  kind: 'exclude';
  decisionId: number;
  recordId: number;
  /** A record of the customer that it stood with, which is not to be created anew in this record's system; null: it stood alone. */
  beside: number | null;
}

/** An old record is gone from its system. The confirmation holds for what was known when it was made. */
export interface ConfirmDeleted {
  kind: 'confirm-deleted';
  decisionId: number;
  recordId: number;
  /** Position of the last entry that told what the system holds. */
  base: string;
}

/** The customer may be created in the system again, in spite of these deletes and exclusions; a later one closes it anew. */
export interface Reopen {
  kind: 'reopen';
  decisionId: number;
  /** The customer's founding record. */
  founder: number;
  system: string;
  /** Names of what closed it: see `closingId`. */
  closings: readonly string[];
}

/** A steward's fact about who is who and what exists. All decisions are anchored on records: customers come and go. */
export type IdentityDecision = Link | NotSame | Exclude | ConfirmDeleted | Reopen;

/** A decision that may contradict another. */
export type Decision = IdentityDecision | ({ kind: 'pin' } & Pin) | ({ kind: 'choice' } & Choice);

/** A decision before it is made. */
export type Proposed<Made extends Decision> = Made extends Decision ? Omit<Made, 'decisionId'> : never;
