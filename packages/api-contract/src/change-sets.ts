import { most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { reason } from './decisions.ts';
import { reach, seenCount } from './reach.ts';
import { systemCode } from './systems.ts';

/** Documents of which a hub has one each, and those of which each system has one. Code sets stand in the canonical model, crosswalks in mappings. */
export const hubDocuments = ['canonicalModel', 'survivorship', 'matching'] as const;
export const systemDocuments = ['mapping', 'scope'] as const;
export const documentKinds = [...hubDocuments, ...systemDocuments] as const;
export type DocumentKind = (typeof documentKinds)[number];

const proposed = {
  /** Its form is checked by its validator, which lists every mistake with its place. */
  document: z.json(),
  /** The version that it was made from: where another was published since, the whole set is refused. 0: none was published yet. */
  baseVersion: z.int().nonnegative(),
};

/** A document that is to be published with others. */
export const proposedDocument = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(hubDocuments), ...proposed }),
    z.strictObject({ kind: z.enum(systemDocuments), system: systemCode, ...proposed }),
  ])
  .meta({ id: 'ProposedDocument' });
export type ProposedDocument = z.infer<typeof proposedDocument>;

const documents = z.array(proposedDocument).min(1).max(most.setDocuments);

export const changeSetRequest = z.strictObject({ documents }).meta({ id: 'ChangeSetRequest' });

export const changeSetPost = z.strictObject({ documents, reason, count: seenCount }).meta({ id: 'ChangeSetPost' });

/** One document among several. */
const named = {
  kind: z.enum(documentKinds),
  /** Null: there is one for the whole hub. */
  system: z.string().nullable(),
};

export const changeSetMistake = z
  .object({
    ...named,
    /** Whether it is one of the set; otherwise it is in force, and would not be valid any more beside the set. */
    inSet: z.boolean(),
    /** A JSON pointer into that document. */
    path: z.string(),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'ChangeSetMistake' });
export type ChangeSetMistake = z.infer<typeof changeSetMistake>;

export const changeSetCheck = z
  .object({
    problems: z.array(changeSetMistake),
    /** What all documents together would change; null where they have mistakes. */
    reach: reach.nullable(),
  })
  .meta({ id: 'ChangeSetCheck' });
export type ChangeSetCheck = z.infer<typeof changeSetCheck>;

export const changeSet = z
  .object({
    changeSetId: z.int(),
    reason: z.string(),
    publishedBy: z.string(),
    publishedAt: z.iso.datetime(),
    documents: z.array(
      z.object({
        ...named,
        version: z.int(),
        /** The version that was in force before; 0: the one that ships, or none. */
        before: z.int(),
        /** Of a scope, whose versions are told nowhere else; null of all others. */
        document: z.json().nullable(),
      }),
    ),
  })
  .meta({ id: 'ChangeSet' });
export type ChangeSet = z.infer<typeof changeSet>;

/** The latest first, two hundred at most: every publication since there are change sets, of one document too. */
export const changeSetList = z.object({ changeSets: z.array(changeSet) }).meta({ id: 'ChangeSetList' });
export type ChangeSetList = z.infer<typeof changeSetList>;
