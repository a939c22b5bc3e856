import { z } from 'zod';
import { matchExplanation } from './match-reviews.ts';

/** Somebody in the form of the system that asks, as in a push; a key need not be there. */
export const matchRequest = z.strictObject({ data: z.record(z.string(), z.json()) }).meta({ id: 'MatchRequest' });

const matchCandidate = z.object({
  customerId: z.string(),
  /** `same`: a push of this would be linked to the customer by itself, unless another goes as well with it. `maybe`: a person would be asked. */
  grade: z.enum(['same', 'maybe']),
  /** The keys of the records that the asking system has of this customer already. */
  sourceIds: z.array(z.string()),
  /** Against the record of the customer that goes with it best. */
  evidence: matchExplanation,
});

/** The best first. Nothing was stored. `unreadable`: what could not be read, and so was not looked for. */
export const matchAnswer = z
  .object({
    candidates: z.array(matchCandidate),
    unreadable: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'MatchAnswer' });
export type MatchAnswer = z.infer<typeof matchAnswer>;
