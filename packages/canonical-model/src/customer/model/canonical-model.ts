import { z } from 'zod';
import { longest, most } from '../../limits.ts';
import { customerKinds } from '../attributes.ts';
import { memberShapeIds } from '../shapes/item.ts';
import { shapeIds } from '../shapes/shapes.ts';

/**
 * The canonical model as a document: what the hub may know of a customer. Ids are data; shapes are code. An attribute or list is never
 * taken out of it and never becomes another one: it is retired, so that everything ever stored can be read by the newest version.
 */

const label = z.string().trim().min(1).max(longest.label);
const description = z.string().max(longest.description).optional();
const number = z
  .int()
  .min(1)
  .max(most.attributeNumber)
  .describe('Given once, in all versions, also to what is retired: never a second time');

/** What values tell about whether two records are the same customer. */
const matchingRoles = ['name', 'date', 'contact', 'place', 'identifier', 'exclusiveIdentifier', 'trait'] as const;
export type MatchingRole = (typeof matchingRoles)[number];

/** How careful people are to be with values; who sees them as they are stands in the table of rights. */
export const sensitivities = ['personal', 'sensitive', 'confidential'] as const;
export type Sensitivity = (typeof sensitivities)[number];

const declared = {
  id: z
    .string()
    .max(longest.attributeName)
    .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/)
    .describe('How mappings, rules and calls name it'),
  number,
  label,
  description,
  sensitivity: z
    .enum(sensitivities)
    .default('personal')
    .describe(
      'Who sees its values: personal, whoever reads customers; sensitive, stewards and admins; confidential, nobody until it is revealed, which is audited',
    ),
  kinds: z
    .array(z.enum(customerKinds))
    .min(1)
    .max(customerKinds.length)
    .default([...customerKinds])
    .describe('Kinds of customer that it is for'),
  matching: z.enum(matchingRoles).optional().describe('What it tells matching; left out: nothing'),
  retired: z.boolean().default(false).describe('Nothing is read, written or kept golden of it; undone, all comes back'),
};

const setId = z
  .string()
  .max(longest.attributeName)
  .regex(/^[a-z][A-Za-z0-9]*$/);

const scheme = z
  .string()
  .max(longest.attributeName)
  .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_]+)*$/)
  .optional();

export const attributeDocument = z.strictObject({
  ...declared,
  shape: z.enum(shapeIds).describe('Never changes: retire the attribute and add another'),
  level: z
    .enum(['customer', 'account'])
    .default('customer')
    .describe('A value of an account belongs to its record; golden is what the records’ values amount to'),
  scheme: scheme.describe(
    'Whose numbers an identifier’s values are: such as eu.vat, fr.siren or lei, by whose rules they are checked; left out: a scheme of its own',
  ),
  codeSet: setId.optional().describe('The set that a code is of; left out: any code. It never changes'),
  columns: z
    .array(z.string().min(1).max(longest.word))
    .max(most.columnNames)
    .default([])
    .describe('What columns that hold it are called in other systems, for suggestions'),
});

const memberName = z
  .string()
  .max(longest.attributeName)
  .regex(/^[a-z][A-Za-z0-9]*$/);

export const listDocument = z.strictObject({
  ...declared,
  group: z.enum(['address']).optional().describe('A group whose members each item has beside its own'),
  members: z
    .array(
      z.strictObject({
        id: memberName,
        label,
        shape: z.enum(memberShapeIds),
        codeSet: setId.optional().describe('The set that a code is of'),
        scheme: scheme.describe('Whose numbers an identifier’s values are'),
        needed: z.boolean().default(false).describe('Without it an item says nothing'),
      }),
    )
    .min(1)
    .max(most.members),
  key: z.array(memberName).min(1).max(most.members).describe('Members that an item is known by; they never change'),
  words: z
    .array(z.string().min(1).max(longest.word))
    .max(most.templates)
    .default([])
    .describe(
      'How an item is told; the first counts whose members are all there. [What is in brackets] may be missing',
    ),
});

const code = z
  .string()
  .min(1)
  .max(longest.code)
  .refine((text) => text.trim() === text, {
    error: 'A code has no white space around it',
  });

export const codeSetDocument = z.strictObject({
  id: setId,
  label,
  description,
  codes: z
    .array(
      z.strictObject({
        code,
        label: z.string().trim().min(1).max(longest.name),
        parent: code.optional().describe('The code that it is one of, such as the trade of a branch'),
        retired: z.boolean().default(false).describe('It stays readable, and is not chosen any more'),
      }),
    )
    .min(1)
    .max(most.codes),
});

export const canonicalModelDocument = z
  .strictObject({
    format: z.literal(1),
    attributes: z.array(attributeDocument).min(1).max(most.attributes),
    lists: z.array(listDocument).max(most.attributes).default([]),
    codeSets: z
      .array(codeSetDocument)
      .max(most.codeSets)
      .default([])
      .describe('Reference data; countries, currencies and languages are there without being declared'),
  })
  .meta({ id: 'CanonicalModel' });

export type AttributeDocument = z.infer<typeof attributeDocument>;
export type ItemListDocument = z.infer<typeof listDocument>;
export type CodeSetDocument = z.infer<typeof codeSetDocument>;
export type CanonicalModel = z.infer<typeof canonicalModelDocument>;
