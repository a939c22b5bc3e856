import { z } from 'zod';
import { baseVersion } from './base-version.ts';
import { reason } from './decisions.ts';
import { reach, seenCount } from './reach.ts';

const json = z.json();

/** A version of a document. Version 0 is the one that ships, before anybody published another. */
const published = z.object({
  version: z.int(),
  document: json,
  reason: z.string(),
  publishedBy: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
});

/** The rules in force. */
export const survivorshipRules = published.meta({ id: 'PublishedRules' });
export type SurvivorshipRules = z.infer<typeof survivorshipRules>;

/** The latest match model. */
export const publishedMatchModel = published
  .extend({
    /** Since when all records are matched by it; null while they still are by the version before. */
    appliedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PublishedMatchModel' });
export type PublishedMatchModel = z.infer<typeof publishedMatchModel>;

const version = published.omit({ document: true }).extend({
  /** What the hub goes by now. An older one is put back by publishing its document again. */
  inForce: z.boolean(),
});

/** The latest first; the last one is version 0, which ships. */
export const rulesVersionList = z
  .object({ versions: z.array(version.meta({ id: 'RulesVersion' })) })
  .meta({ id: 'RulesVersionList' });
export type RulesVersionList = z.infer<typeof rulesVersionList>;

/** Latest first; the latest is not in force while records are still matched by the one before. */
export const matchModelVersionList = z
  .object({
    versions: z.array(version.extend({ appliedAt: z.iso.datetime().nullable() }).meta({ id: 'MatchModelVersion' })),
  })
  .meta({ id: 'MatchModelVersionList' });
export type MatchModelVersionList = z.infer<typeof matchModelVersionList>;

/** A document to look at and to publish: the latest one, with frequencies and population as counted now. */
export const countedMatchModel = z
  .object({ records: z.int().nonnegative(), document: json })
  .meta({ id: 'CountedMatchModel' });
export type CountedMatchModel = z.infer<typeof countedMatchModel>;

const weightPair = z.tuple([z.number(), z.number()]);

/** A document to look at and to publish, with weights learned of the records at hand without labels; nothing is changed by it. */
export const trainedMatchModel = z
  .object({
    document: json,
    /** Records whose pairs were looked at, of so many. */
    records: z.int().nonnegative(),
    of: z.int().nonnegative(),
    kinds: z.array(
      z
        .object({
          kind: z.enum(['person', 'organization']),
          /** Why the weights stay as they were; null where they are new. */
          kept: z.enum(['fewRecords', 'fewMatches', 'worse']).nullable(),
          records: z.int(),
          pairs: z.int(),
          /** Pairs of one customer among them, as far as it learned. */
          expected: z.int(),
          /** Pairs of which a steward has said what they are. */
          labels: z.int(),
          matchesPerRecord: z.number(),
          housemate: z.number(),
          warnings: z.array(
            z.object({
              code: z.enum(['sessionsDisagree', 'sessionRefused', 'matchesUnsure']),
              field: z.string().nullable(),
              /** Shares, or numbers of pairs. */
              least: z.number(),
              most: z.number(),
            }),
          ),
          /** Bits against a stranger, and against somebody of the same house. */
          weights: z.array(z.object({ field: z.string(), level: z.string(), before: weightPair, after: weightPair })),
        })
        .meta({ id: 'TrainedKind' }),
    ),
  })
  .meta({ id: 'TrainedMatchModel' });
export type TrainedMatchModel = z.infer<typeof trainedMatchModel>;

/** The document's own form is checked by the rule validator, which lists every mistake with its place. */
export const rulesPut = z
  .object({
    document: json,
    reason,
    baseVersion,
    count: seenCount,
  })
  .meta({ id: 'RulesPut' });
export const rulesPreviewRequest = z.object({ document: json }).meta({ id: 'RulesPreviewRequest' });

/** What a rule may be for: each attribute and list with the strategies that fit it. */
export const ruleSubjectList = z
  .object({
    subjects: z.array(
      z
        .object({
          attribute: z.string(),
          label: z.string(),
          /** Items survive one by one; the values of accounts are added up; all others compete. */
          kind: z.enum(['value', 'account', 'list']),
          strategies: z.array(z.string()),
        })
        .meta({ id: 'RuleSubject' }),
    ),
  })
  .meta({ id: 'RuleSubjectList' });
export type RuleSubjectList = z.infer<typeof ruleSubjectList>;

/** What other rules would do to the customers as they are now. Nothing is changed by asking. */
export const rulesPreview = z
  .object({
    /** The rules in force, which the document was compared with. */
    version: z.int(),
    reach,
  })
  .meta({ id: 'RulesPreview' });
export type RulesPreview = z.infer<typeof rulesPreview>;
