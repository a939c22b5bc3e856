import { z } from 'zod';
import type { CustomerKind } from '../customer/attributes.ts';
import { longest, most } from '../limits.ts';
import { fieldsOf, levelsOf } from './ladders.ts';

/** Bits for *the same* against a stranger, and against somebody of the same house or a sister site. */
const weights = z.tuple([z.number().min(-20).max(20), z.number().min(-20).max(20)]);

function levelsSchema(kind: CustomerKind) {
  const fields = fieldsOf[kind].map((field) => {
    const levels = levelsOf(kind, field).map((level) => [level, weights] as const);
    return [field, z.strictObject(Object.fromEntries(levels))] as const;
  });
  return z.strictObject(Object.fromEntries(fields));
}

const traitSchema = z.strictObject({ different: weights, similar: weights, same: weights });

const ofKind = (kind: CustomerKind) =>
  z.strictObject({
    /** How much likelier, in bits, *the same* is than a housemate or a sister site before anything is compared. */
    housemate: z.number().min(-20).max(20),
    levels: levelsSchema(kind),
    /** What agreeing on a trait weighs, such as a birth place; `other` stands for those that are not named. */
    traits: z.record(z.string().min(1).max(longest.evidence), traitSchema).optional(),
  });

/** Fields whose values are counted. */
export const countedFields = [
  'given', 'family', 'birthDate', 'email', 'phone', 'identifier', 'postcode', 'town', 'word',
] as const; // prettier-ignore
export type CountedField = (typeof countedFields)[number];

/** How many values were counted, and how often the frequent ones came; those that are not named are rare. */
const frequency = z.strictObject({
  values: z.int().nonnegative(),
  counts: z
    .record(z.string().max(longest.evidence), z.int().positive())
    .refine((counts) => Object.keys(counts).length <= 5_000, {
      error: 'There are more than 5,000 values. Leave the rarest out.',
    }),
});

const shared = z
  .record(z.string().min(1).max(longest.evidence), z.int().positive())
  .refine((values) => Object.keys(values).length <= most.sharedValues, {
    error: `There are more than ${most.sharedValues} values. Leave those out that the fewest share.`,
  });

const words = z.array(z.string().min(1).max(longest.evidence)).max(1_000);

/** How records are matched: everything that a match depends on besides the two records. */
export const matchModel = z.strictObject({
  format: z.literal(1),
  /** Records that a record may be mistaken for: the larger, the more evidence a match needs. */
  population: z.int().min(2).max(1_000_000_000),
  /** Further records of the same customer that a record is expected to have. */
  matchesPerRecord: z.number().min(0.001).max(100),
  /** All in bits. */
  thresholds: z.strictObject({
    link: z.number().min(-20).max(40),
    review: z.number().min(-20).max(40),
    /** Below this a match is unsure: a rival that is as good within `rival` makes it a question. */
    unsure: z.number().min(-20).max(40),
    rival: z.number().min(0).max(20),
    /** A group of evidence besides the name counts as strong from here on. */
    strong: z.number().min(0).max(14),
  }),
  blocks: z.strictObject({
    /** Records that may share a match key before it is split by a second one. */
    limit: z.int().min(2).max(1_000),
    /** The same for keys of a name alone, which others cover. */
    weakLimit: z.int().min(2).max(1_000),
    /** How often a key is split before its pairs are given up and reported. */
    deepest: z.int().min(0).max(4),
  }),
  largestCluster: z.int().min(2).max(1_000),
  /** Codes of the systems that hold nobody twice: two of their living rows never come together by themselves. Left out: none does. */
  duplicateFree: z.array(z.string().max(longest.systemCode)).max(100).optional(),
  identifiers: z.strictObject({
    national: z.strictObject({
      /** Nobody has two of them. */
      exclusive: z.boolean(),
      checkDigits: z.enum(['none', 'luhn']),
      /** Codes of the systems that are believed without check digits. */
      authoritative: z.array(z.string().max(longest.systemCode)).max(100),
    }),
  }),
  person: ofKind('person'),
  organization: ofKind('organization'),
  /** When and over how many records the frequencies were counted. */
  counted: z.strictObject({ at: z.iso.datetime(), records: z.int().nonnegative() }).optional(),
  frequencies: z.partialRecord(z.enum(countedFields), frequency),
  /** The same for the values of traits. */
  traitFrequencies: z.record(z.string().min(1).max(longest.evidence), frequency).optional(),
  /**
   * Values that more people share than live in one household, with how many do: a switchboard's phone, an office's mailbox, a care home,
   * a date that stands for none. They say nothing until a later version names them no longer. The hub counts them by itself.
   */
  shared: z
    .strictObject({ at: z.iso.datetime(), phones: shared, emails: shared, houses: shared, dates: shared })
    .optional(),
  /** Values that stand for *unknown*, or are everybody’s: they say nothing. Written as they are compared. */
  generic: z.strictObject({
    names: words,
    persons: words,
    dates: words,
    emails: words,
    phones: words,
    identifiers: words,
    mailboxes: words,
  }),
});

export type MatchModel = z.infer<typeof matchModel>;
