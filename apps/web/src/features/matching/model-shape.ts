import { z } from 'zod';

const sharedValues = z.record(z.string(), z.number());
const weights = z.tuple([z.number(), z.number()]);
const ofKind = z.looseObject({
  housemate: z.number(),
  levels: z.record(z.string(), z.record(z.string(), weights)),
  traits: z.record(z.string(), z.record(z.string(), weights)).optional(),
});

/** As much of a match model as the screen reads and changes; the hub checks all of it. */
export const matchModel = z.looseObject({
  population: z.number(),
  matchesPerRecord: z.number(),
  thresholds: z.object({
    link: z.number(),
    review: z.number(),
    unsure: z.number(),
    rival: z.number(),
    strong: z.number(),
  }),
  blocks: z.object({ limit: z.number(), weakLimit: z.number(), deepest: z.number() }),
  largestCluster: z.number(),
  duplicateFree: z.array(z.string()).optional(),
  identifiers: z.object({
    national: z.object({ exclusive: z.boolean(), checkDigits: z.string(), authoritative: z.array(z.string()) }),
  }),
  person: ofKind,
  organization: ofKind,
  frequencies: z.record(z.string(), z.object({ values: z.number(), counts: z.record(z.string(), z.number()) })),
  counted: z.object({ at: z.string(), records: z.number() }).optional(),
  shared: z
    .object({ at: z.string(), phones: sharedValues, emails: sharedValues, houses: sharedValues, dates: sharedValues })
    .optional(),
  generic: z.record(z.string(), z.array(z.string())),
});
export type MatchModel = z.infer<typeof matchModel>;
export type Kind = 'person' | 'organization';
export const kinds: readonly Kind[] = ['person', 'organization'];
