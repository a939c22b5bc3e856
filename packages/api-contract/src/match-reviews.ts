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

/** Two customers that may be one: a person decides. */
export const matchReview = z
  .object({ customers: z.tuple([reviewedCustomer, reviewedCustomer]) })
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
