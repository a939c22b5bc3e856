import { z } from 'zod';
import { customerKinds } from '../customer/attributes.ts';
import * as bounds from '../limits.ts';
import { countryOf } from '../customer/country.ts';
import { isZone } from '../schedule/zoned-time.ts';
import { isDateFormat } from './date-format.ts';
import { shippedNothing } from './nothing.ts';

/**
 * The mapping document: one system's lens as data. Steps stand in reading order, native first; writing runs them backwards.
 * What the schema cannot say (paths, types between steps, what is written twice) is checked by `validateMapping`.
 */

type Bounds<Of> = Record<keyof Of, number>;

/** The forms under these bounds. `isNamed`: they stand in the description of the API. */
function formsUnder(longest: Bounds<typeof bounds.longest>, most: Bounds<typeof bounds.most>, isNamed: boolean) {
  const id = z.string().max(longest.attributeName);
  const word = z.string().min(1).max(longest.word);
  const path = z.string().min(1).max(longest.path).describe('Native path, such as phones[primary=true].e164');
  const codeTable = fewMembers(z.record(word, word), most.codes);
  const zone = z.string().max(longest.word).refine(isZone, { error: 'Name a zone such as Europe/Berlin, or UTC' });
  const country = z
    .string()
    .refine((code) => countryOf(code) === code, { error: 'Name a country by its two letters, such as US' });
  const plainValues = fewMembers(z.record(word, z.union([word, z.number(), z.boolean()])), most.steps);

  const crosswalkDocument = z.strictObject({
    set: id.describe('The code set whose codes the table leads to'),
    native: z.enum(['text', 'number', 'boolean']).default('text').describe('What the codes are in the record'),
    table: codeTable.describe('Native code to code of the set'),
    writeAs: codeTable.optional().describe('Code of the set to native code, where several native codes mean the same'),
    orCodeOfSet: z
      .boolean()
      .default(false)
      .describe('What the table does not name may be a code of the set as it stands, or its label'),
  });

  const stepDocument = z
    .discriminatedUnion('step', [
      z.strictObject({
        step: z.literal('cut'),
        length: z.int().min(1).max(longest.native).describe('The system keeps this many characters'),
      }),
      z.strictObject({
        step: z.literal('case'),
        native: z.enum(['upper', 'lower']).describe('How the system writes it'),
        read: z.enum(['as-is', 'title', 'upper']).default('as-is').describe('How it is read back'),
      }),
      z.strictObject({
        step: z.literal('codes'),
        native: z.enum(['text', 'number', 'boolean']).default('text').describe('What the codes are in the record'),
        table: codeTable.describe('Native code to canonical text'),
        writeAs: codeTable
          .optional()
          .describe('Canonical text to native code, where several codes mean the same or one stands for several'),
        otherwise: word.optional().describe('Canonical text for codes that the table does not know'),
      }),
      z.strictObject({
        step: z.literal('crosswalk'),
        crosswalk: word.describe('The name of a crosswalk of this mapping'),
      }),
      z.strictObject({
        step: z.literal('date'),
        format: z
          .string()
          .max(longest.word)
          .refine(isDateFormat, {
            error: 'A format has one yyyy or yy, one MM, M or MMM, one dd or d, and - / . or blanks between',
          })
          .describe(
            'Such as yyyyMMdd, dd/MM/yyyy, d.M.yyyy, dd-MMM-yy: M and d may have one digit, MMM is an English month',
          ),
        latestYear: z
          .int()
          .min(99)
          .max(9999)
          .optional()
          .describe('With yy: which century is meant; the latest year that two digits stand for'),
      }),
      z.strictObject({
        step: z.literal('day'),
        zone: zone.optional().describe('Whose calendar shows the day; the zone of the mapping where it is left out'),
      }),
      z.strictObject({ step: z.literal('epochSeconds') }),
      z.strictObject({ step: z.literal('isoInstant') }),
      z.strictObject({
        step: z.literal('nationalNumber'),
        countryCode: z.string().regex(/^[1-9]\d{0,2}$/),
        digits: z.int().min(4).max(14),
      }),
      z.strictObject({
        step: z.literal('phone'),
        written: z
          .enum(['national', 'international'])
          .describe(
            'How the system writes numbers: those of the country of the mapping as its people do, or all with their country code',
          ),
      }),
      z.strictObject({ step: z.literal('personName') }),
      z.strictObject({
        step: z.literal('scale'),
        places: z.int().min(0).max(12).describe('The system keeps amounts as whole numbers of 10^-places: 2 for cents'),
      }),
    ])
    .meta(isNamed ? { id: 'MappingStep' } : {});

  const steps = z.array(stepDocument).max(most.steps).default([]);

  const fieldDocument = z.strictObject({ path, steps });

  /** One line of an address: a path, or a house number and a street that the system keeps apart. */
  const lineDocument = z.union([path, z.strictObject({ number: path, street: path })]);

  const memberDocument = z.strictObject({
    path: path.optional(),
    paths: z.array(lineDocument).min(1).max(most.addressLines).optional().describe('For lines: one path a line'),
    gaps: z.boolean().default(false).describe('Places before a filled one may be empty; read, the lines move up'),
    steps,
    constant: word.optional().describe('The system means this without saying it'),
  });

  const entryDocument = z.strictObject({
    attribute: id.describe('Of the canonical model'),
    kinds: z
      .array(z.enum(customerKinds))
      .min(1)
      .max(customerKinds.length)
      .default([...customerKinds]),
    absent: z
      .enum(['cleared', 'silent', 'unknown'])
      .default('cleared')
      .describe('Whether a whole record without the attribute says that there is none, says nothing, or does not know'),
    path: path.optional(),
    steps,
    members: fewMembers(z.record(word, memberDocument), most.entries).optional(),
  });

  const itemMemberDocument = z.strictObject({
    path: path.optional().describe('Member of the list element'),
    steps,
    constant: word.optional().describe('The system means this without saying it'),
  });

  /** A list of which each element is an item: a value of its own, known by the key members of its list. */
  const listDocument = z.strictObject({
    list: id.describe('Of the canonical model'),
    path,
    where: plainValues.default({}).describe('Only elements with these members are items, and new ones get them'),
    absent: z
      .enum(['cleared', 'silent'])
      .default('cleared')
      .describe('Whether a whole record without the list says that there are no items, or says nothing'),
    members: fewMembers(z.record(word, itemMemberDocument), most.entries),
  });

  const kindDocument = z.union([
    z.strictObject({
      path,
      codes: fewMembers(z.record(word, z.enum(customerKinds)), most.codes),
      writeAs: z.partialRecord(z.enum(customerKinds), word).optional(),
    }),
    z.strictObject({ present: z.strictObject({ person: path, organization: path }) }),
    z.strictObject({ constant: z.enum(customerKinds) }),
  ]);

  const newElement = fewMembers(
    z.record(word, z.union([z.string().max(longest.word), z.number(), z.boolean()])),
    most.entries,
  );

  const mappingDocument = z
    .strictObject({
      format: z.literal(1),
      system: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
      key: fieldDocument,
      version: fieldDocument.optional(),
      changedAt: fieldDocument.optional(),
      kind: kindDocument,
      zone: zone.optional().describe('The zone of times that name none, such as Europe/Berlin'),
      country: country
        .optional()
        .describe(
          'The country of phone numbers that name none, by two letters, where the address of the record does not say it',
        ),
      nothing: z
        .strictObject({
          words: z.array(word).max(most.nothingWords),
          days: z.array(z.iso.date()).max(most.nothingWords),
        })
        .default(shippedNothing)
        .describe('Words and days that say that nobody knows: neither a value nor that there is none'),
      newElements: fewMembers(z.record(path, newElement), most.entries)
        .default({})
        .describe('Members that a list element gets when the hub makes it, by the path of the element'),
      crosswalks: fewMembers(z.record(word, crosswalkDocument), most.entries)
        .default({})
        .describe('How the system’s codes are tied to code sets, by the names that steps refer to'),
      attributes: z.array(entryDocument).min(1).max(most.entries),
      lists: z.array(listDocument).max(most.entries).default([]),
    })
    .meta(isNamed ? { id: 'MappingDocument' } : {});
  return {
    mostEntries: most.entries,
    stepDocument,
    crosswalkDocument,
    fieldDocument,
    entryDocument,
    listDocument,
    kindDocument,
    mappingDocument,
  };
}

/** As a document is checked and published. */
export const forms = formsUnder(bounds.longest, bounds.most, true);
/** As a document is read that was published, maybe under other bounds: those hold for what is new, and stop nothing that works. */
export const publishedForms = formsUnder(endless(bounds.longest), endless(bounds.most), false);
export type Forms = typeof forms;

export const { mappingDocument } = forms;
export type StepDocument = z.infer<Forms['stepDocument']>;
export type CrosswalkDocument = z.infer<Forms['crosswalkDocument']>;
export type FieldDocument = z.infer<Forms['fieldDocument']>;
/** One line of an address: a path, or a house number and a street that the system keeps apart. */
export type LineDocument = NonNullable<MemberDocument['paths']>[number];
export type MemberDocument = NonNullable<EntryDocument['members']>[string];
export type EntryDocument = z.infer<Forms['entryDocument']>;
export type ListDocument = z.infer<Forms['listDocument']>;
export type KindDocument = z.infer<Forms['kindDocument']>;
/** A mapping document with its defaults filled in, as `validateMapping` returns it. */
export type MappingDocument = z.infer<Forms['mappingDocument']>;

function endless<Of extends object>(limits: Of): Bounds<Of> {
  return Object.fromEntries(Object.keys(limits).map((name) => [name, Infinity])) as Bounds<Of>;
}

function fewMembers<Schema extends z.ZodType<object>>(schema: Schema, limit: number): Schema {
  return schema.refine((members) => Object.keys(members).length <= limit, {
    error: `There are more than ${limit} members here`,
  });
}
