import { z } from 'zod';
import { reach } from './reach.ts';
import { batchAccepted, lineNote } from './intake.ts';

/** What a push would do now: it was worked on for real, and all of it was taken back. `accepted = applied + superseded + error`. */
export const dryRunAnswer = batchAccepted
  .omit({ batchId: true })
  .extend({
    dryRun: z.literal(true),
    applied: z.int(),
    superseded: z.int(),
    error: z.int(),
    /** The records that applied lines are about. */
    records: z.object({
      new: z.int(),
      /** Of the new ones, those that would join a customer that other records have already. */
      joining: z.int(),
      changed: z.int(),
      /** They hold and say already what was sent. */
      same: z.int(),
    }),
    /** Accepted lines that would stand in the error log. */
    errors: z.array(lineNote),
    /** Lines that would be taken whole, with something about them that their sender should know. */
    notes: z.array(lineNote),
    /** What of the records cannot be read, by place and cause. */
    unreadable: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string(), records: z.int() })),
    /** So many conflicts would open for stewards. */
    conflictsOpened: z.int(),
    /** What it would change of customers that are there, and of rows that other systems have, once all of it counts. Without examples: they are customers of others. */
    reach,
  })
  .meta({ id: 'DryRunAnswer' });
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;
