import { z } from 'zod';
import { baseVersion } from './base-version.ts';
import { reason } from './decisions.ts';
import { seenCount } from './reach.ts';

/** A version of the canonical model: which attributes and lists there are. Version 0 ships. */
const version = z.object({
  version: z.int(),
  reason: z.string(),
  publishedBy: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
});

export const publishedCanonicalModel = version.extend({ document: z.json() }).meta({ id: 'PublishedCanonicalModel' });
export type PublishedCanonicalModel = z.infer<typeof publishedCanonicalModel>;

/** The latest first, which is in force; the last one is version 0. An older one is put back by publishing it again, its additions retired. */
export const canonicalModelVersionList = z
  .object({ versions: z.array(version.extend({ inForce: z.boolean() }).meta({ id: 'CanonicalModelVersion' })) })
  .meta({ id: 'CanonicalModelVersionList' });
export type CanonicalModelVersionList = z.infer<typeof canonicalModelVersionList>;

/** The document's own form is checked by its validator, which lists every mistake with its place. */
export const canonicalModelRequest = z.object({ document: z.json() }).meta({ id: 'CanonicalModelRequest' });

export const canonicalModelCheck = z
  .object({ problems: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })) })
  .meta({ id: 'CanonicalModelCheck' });
export type CanonicalModelCheck = z.infer<typeof canonicalModelCheck>;

export const canonicalModelPut = z
  .object({
    document: z.json(),
    reason,
    baseVersion,
    count: seenCount,
  })
  .meta({ id: 'CanonicalModelPut' });

const offered = z.object({ label: z.string(), means: z.string() });

/** What an attribute can be, and what it can tell matching: the same in every version. */
export const shapeList = z
  .object({
    shapes: z.array(
      offered.extend({
        shape: z.string(),
        mayBeOfAccount: z.boolean().describe('Whether a value of it may belong to an account'),
        roles: z.array(z.string()).describe('What an attribute of it may tell matching'),
      }),
    ),
    roles: z.array(offered.extend({ role: z.string() })),
    codeSets: z
      .array(
        z.object({
          id: z.string(),
          label: z.string(),
          codes: z.array(z.object({ code: z.string(), label: z.string() })),
        }),
      )
      .describe('Reference data that every hub has; a model declares further ones'),
  })
  .meta({ id: 'ShapeList' });
export type ShapeList = z.infer<typeof shapeList>;

/** What an attribute or a list is named by and stored for today: what retiring it takes along, and undoing that brings back. */
export const attributeUsage = z
  .object({
    mappings: z.array(z.string()).describe('Systems whose mapping reads or writes it'),
    scopes: z.array(z.string()).describe('Systems whose scope asks for it'),
    rule: z.boolean().describe('The rules name it'),
    customers: z.int().nonnegative().describe('Customers with a golden value of it'),
    conflicts: z.int().nonnegative().describe('Open conflicts about it'),
    pins: z.int().nonnegative().describe('Pins of it that bind'),
  })
  .meta({ id: 'AttributeUsage' });
export type AttributeUsage = z.infer<typeof attributeUsage>;
