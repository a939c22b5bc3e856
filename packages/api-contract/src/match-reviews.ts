import { z } from 'zod';
import { decision, perhapsReason, recordName, replaces, twice } from './decisions.ts';
import { recordStates } from './records.ts';

const kind = z.enum(['person', 'organization']);

/** What tells people and organisations apart: name, birth date, phone, e-mail, address and identifier, where known. */
const tellingValues = z.array(z.object({ attribute: z.string(), label: z.string(), display: z.string() }));

const reviewedCustomer = z.object({
  customerId: z.string(),
  kind,
  display: z.string(),
  values: tellingValues,
  records: z.array(recordName),
});

/** Why two records may be one customer's: the bars add up to the weight. All in bits, exact to four places. */
export const matchExplanation = z.object({
  weight: z.number(),
  bars: z.array(z.object({ of: z.string(), level: z.string().nullable(), label: z.string(), bits: z.number() })),
  /** What keeps the machine from linking them whatever they weigh. */
  veto: z.object({ reason: z.string(), label: z.string() }).nullable(),
});

/** `records`: one of each customer in their order, the two that contradict each other where any do, else those that go together best. */
const matchEvidence = matchExplanation.extend({ records: z.tuple([z.int(), z.int()]) });

/** Two customers that may be one: a person decides. */
export const matchReview = z
  .object({
    customers: z.tuple([reviewedCustomer, reviewedCustomer]),
    evidence: matchEvidence,
    /** The two records that raised the question, and their weight in bits, where they are others than those of the evidence. */
    raisedBy: matchEvidence.pick({ records: true, weight: true }).nullable(),
  })
  .meta({ id: 'MatchReview' });
export type MatchReview = z.infer<typeof matchReview>;
/** A page may be empty and still have a next one. */
export const matchReviewPage = z
  .object({ reviews: z.array(matchReview), nextCursor: z.string().nullable() })
  .meta({ id: 'MatchReviewPage' });
export type MatchReviewPage = z.infer<typeof matchReviewPage>;

/** `values`: what the record itself says. */
const pairRecord = recordName.extend({
  customerId: z.string(),
  customer: z.string(),
  kind,
  state: z.enum(recordStates),
  changedAt: z.iso.datetime().nullable(),
  values: tellingValues,
});

/**
 * Two records side by side. `together`: they are of one customer. `apart`: a person said that their customers are two. `open`: they
 * stand apart, and nobody has said so.
 */
export const matchPair = z
  .object({
    state: z.enum(['open', 'apart', 'together']),
    records: z.tuple([pairRecord, pairRecord]),
    /** Null where they cannot be compared: of two kinds, or without anything to compare by. */
    evidence: matchEvidence.nullable(),
    /** From here on, in bits, the machine links by itself, or asks a person. */
    thresholds: z.object({ link: z.number(), review: z.number() }),
    /** What people said of their customers being one or two, standing and undone, the latest first. */
    decisions: z.array(decision),
  })
  .meta({ id: 'MatchPair' });
export type MatchPair = z.infer<typeof matchPair>;

/** `records`: one record of each customer. */
export const reviewDecision = z
  .object({
    records: z.tuple([z.int().positive(), z.int().positive()]),
    same: z.boolean(),
    reason: perhapsReason,
    replaces,
    twice,
  })
  .meta({ id: 'ReviewDecision' });
