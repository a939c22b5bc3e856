import { z } from 'zod';
import { instantStated } from './instant-said.ts';
import { reason } from './decisions.ts';

const number = z.int().positive();

/** What of a system is taken back: all of a batch, of a load, what a run heard, or what was told from an instant until before another. */
const portion = z.union(
  [
    z.strictObject({ batchId: number }),
    z.strictObject({ loadId: number }),
    z.strictObject({ runId: number }),
    z.strictObject({ from: instantStated, to: instantStated }),
  ],
  { error: 'name a batchId, a loadId, a runId, or from and to: one of these and nothing else' },
);
export type TakeBackPortion = z.infer<typeof portion>;

export const takeBackTrial = z.strictObject({ what: portion }).meta({ id: 'TakeBackTrial' });

/** `entries`: how much that is, as the preview said, so that nobody takes back what nobody looked at. */
export const takeBackMake = z
  .strictObject({ what: portion, entries: z.int().nonnegative(), reason })
  .meta({ id: 'TakeBackMake' });

/** What taking it back would change, if who is who stays as it is. */
export const takeBackPreview = z
  .object({
    /** What would be taken back, in words. */
    words: z.string(),
    /** Things told, and of how many records. */
    entries: z.int(),
    records: z.int(),
    /** Records of which nothing else was told: their rows are surplus then, and their values count nowhere. */
    surplus: z.int(),
    /** Customers whose golden record would change, and those without any other record, which would retire. */
    customers: z.int(),
    retired: z.int(),
    byAttribute: z.array(z.object({ attribute: z.string(), label: z.string(), changed: z.int() })),
    /** Rows that the next refresh of each system would write for it. */
    rowsBySystem: z.array(z.object({ system: z.string(), systemName: z.string(), rows: z.int() })),
    /** Some of the customers. */
    samples: z.array(
      z.object({
        customerId: z.string(),
        name: z.string(),
        changes: z.array(
          z.object({
            attribute: z.string(),
            label: z.string(),
            from: z.string().nullable(),
            to: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'TakeBackPreview' });
export type TakeBackPreview = z.infer<typeof takeBackPreview>;

/** What was taken back of a system as one decision. */
const takeBack = z
  .object({
    decisionId: z.int(),
    system: z.string(),
    words: z.string(),
    reason: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
    /** Brought in again. */
    undoneBy: z.string().nullable(),
    undoneAt: z.iso.datetime().nullable(),
    undoneReason: z.string().nullable(),
    /** Since when all records are as it has it; null while they are worked out again. */
    doneAt: z.iso.datetime().nullable(),
    /** Things told that do not count because of it. */
    entries: z.int(),
  })
  .meta({ id: 'TakeBack' });
export type TakeBack = z.infer<typeof takeBack>;

export const takeBackPage = z
  .object({ takeBacks: z.array(takeBack), nextCursor: z.string().nullable() })
  .meta({ id: 'TakeBackPage' });
export type TakeBackPage = z.infer<typeof takeBackPage>;
