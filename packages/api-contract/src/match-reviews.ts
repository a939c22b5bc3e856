import { z } from 'zod';
import { reason, recordName, replaces } from './decisions.ts';

const reviewedCustomer = z.object({
  customerId: z.string(),
  kind: z.enum(['person', 'organization']),
  display: z.string(),
  /** What tells people and organisations apart: name, birth date, phone, e-mail, address and identifier, where known. */
  values: z.array(z.object({ attribute: z.string(), label: z.string(), display: z.string() })),
  records: z.array(recordName),
});

/** Why two records may be one customer's: the bars add up to the weight. All in bits, exact to four places. */
const matchEvidence = z.object({
  /** The two records that go together best, one of each customer in their order. */
  records: z.tuple([z.int(), z.int()]),
  weight: z.number(),
  bars: z.array(z.object({ of: z.string(), level: z.string().nullable(), label: z.string(), bits: z.number() })),
  /** What keeps the machine from linking them whatever they weigh. */
  veto: z.object({ reason: z.string(), label: z.string() }).nullable(),
});

/** Two customers that may be one: a person decides. */
export const matchReview = z
  .object({ customers: z.tuple([reviewedCustomer, reviewedCustomer]), evidence: matchEvidence })
  .meta({ id: 'MatchReview' });
export type MatchReview = z.infer<typeof matchReview>;
/** A page may be empty and still have a next one. */
export const matchReviewPage = z
  .object({ reviews: z.array(matchReview), nextCursor: z.string().nullable() })
  .meta({ id: 'MatchReviewPage' });
export type MatchReviewPage = z.infer<typeof matchReviewPage>;

/** `records`: one record of each customer. */
export const reviewDecision = z
  .object({ records: z.tuple([z.int().positive(), z.int().positive()]), same: z.boolean(), reason, replaces })
  .meta({ id: 'ReviewDecision' });
