import { z } from 'zod';
import { reach } from './reach.ts';

const counted = z.int().nonnegative();

/** What is compared of each kind of customer, with the outcomes of each comparison, the worst first. */
export const matchFieldList = z
  .object({
    kinds: z.array(
      z.object({
        kind: z.enum(['person', 'organization']),
        fields: z.array(
          z.object({ field: z.string(), levels: z.array(z.object({ level: z.string(), label: z.string() })) }),
        ),
      }),
    ),
  })
  .meta({ id: 'MatchFieldList' });
export type MatchFieldList = z.infer<typeof matchFieldList>;

/** How the records that are there lie by the model that they are matched by. Looked up once a minute at most. */
export const matchPicture = z
  .object({
    version: counted,
    countedAt: z.iso.datetime(),
    /** Records that say who somebody is. */
    records: counted,
    /** Pairs of records at or above the review threshold, by their weight in whole bits, rounded down. */
    weights: z.object({
      bins: z.array(z.object({ bits: z.int(), together: counted, apart: counted })),
      /** The share of the pairs that was counted; below 1 the figures are reckoned from it. */
      share: z.number(),
    }),
    /** Keys that more records hold than may be compared by them; null while a model is applied, which makes all keys anew. */
    crowded: z.object({ strong: counted, weak: counted, share: z.number() }).nullable(),
  })
  .meta({ id: 'MatchPicture' });
export type MatchPicture = z.infer<typeof matchPicture>;

/** Work on all records that is under way. */
export const matchProgress = z
  .object({
    works: z.array(
      z.object({
        work: z.enum(['apply', 'count', 'train']),
        /** Of the model that is applied, or counted into. */
        version: counted,
        step: z.enum(['compare', 'decide', 'count', 'learn']),
        /** Records. */
        done: counted,
        of: counted,
      }),
    ),
  })
  .meta({ id: 'MatchProgress' });
export type MatchProgress = z.infer<typeof matchProgress>;

export const matchPreviewRequest = z.object({ document: z.json() }).meta({ id: 'MatchPreviewRequest' });

const side = z.object({
  system: z.string(),
  /** Null while the system has not been given the record yet. */
  sourceId: z.string().nullable(),
  recordId: counted,
  customerId: z.string().nullable(),
  customer: z.string(),
});

/** What another model would make of the pairs of records as they are compared today. Nothing is changed by asking. */
export const matchPreview = z
  .object({
    /** The model that records are matched by now, which the document was compared with. */
    version: counted,
    /** Records that were looked at, of so many: where it is not all, the counts of pairs are reckoned from these. */
    records: counted,
    of: counted,
    /** Pairs that were weighed by both. */
    compared: counted,
    /** What it would make of customers: exactly, over all records and by its own keys. */
    reach,
    /** The document has other limits of keys: the pairs that these bring together, or no longer do, are not in the figures. */
    otherKeys: z.boolean(),
    shifts: z.array(
      z.object({
        shift: z.enum(['joins', 'parts', 'asks', 'settles']),
        pairs: counted,
        samples: z.array(
          z.object({
            records: z.tuple([side, side]),
            /** Bits, by the model in force and by the document. */
            before: z.number(),
            after: z.number(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'MatchPreview' });
export type MatchPreview = z.infer<typeof matchPreview>;

/** What a look for shared values came to: a match model that names others than before; null where nothing is new. */
export const sharedLook = z.object({ version: z.int().nullable() }).meta({ id: 'SharedLook' });
export type SharedLook = z.infer<typeof sharedLook>;
