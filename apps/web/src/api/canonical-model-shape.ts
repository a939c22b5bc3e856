import { z } from 'zod';

/** As much of a canonical model as the screen reads and changes; the hub checks all of it. */
const declared = {
  id: z.string(),
  number: z.number(),
  label: z.string(),
  description: z.string().optional(),
  sensitivity: z.string().default('personal'),
  kinds: z.array(z.string()).default(['person', 'organization']),
  matching: z.string().optional(),
  retired: z.boolean().default(false),
};

const attribute = z.looseObject({
  ...declared,
  shape: z.string(),
  level: z.string().default('customer'),
  scheme: z.string().optional(),
  codeSet: z.string().optional(),
  columns: z.array(z.string()).default([]),
});

const list = z.looseObject({
  ...declared,
  group: z.string().optional(),
  members: z.array(z.looseObject({ id: z.string(), label: z.string(), shape: z.string() })),
  key: z.array(z.string()),
});

const codeSet = z.looseObject({
  id: z.string(),
  label: z.string(),
  codes: z.array(
    z.looseObject({
      code: z.string(),
      label: z.string(),
      parent: z.string().optional(),
      retired: z.boolean().default(false),
    }),
  ),
});
export type CodeSet = z.infer<typeof codeSet>;

export const canonicalModel = z.looseObject({
  attributes: z.array(attribute),
  lists: z.array(list).default([]),
  codeSets: z.array(codeSet).default([]),
});
export type CanonicalModel = z.infer<typeof canonicalModel>;
export type Attribute = z.infer<typeof attribute>;
export type ItemList = z.infer<typeof list>;
export type Entry = Attribute | ItemList;

export function isList(entry: Entry): entry is ItemList {
  return 'members' in entry;
}
