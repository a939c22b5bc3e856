import { z } from 'zod';

/**
 * `line`: a record that was not taken; of an accepted one the log holds exactly one entry. `field`: a part that could not be read of
 * a record that was taken. `note`: the record was taken whole, but its sender should know something.
 */
export const errorKinds = ['line', 'field', 'note'] as const;

/** `replaying`: a replay has been asked for and has not come to it yet. */
export const errorStates = ['open', 'replaying', 'resolved'] as const;

/**
 * `replayed`: its line was replayed and taken. `filed`: it waited for its row, which came. `reads-well`: the record can be read now,
 * by a newer mapping or because its system has mended it.
 */
export const errorResolutions = ['replayed', 'filed', 'reads-well'] as const;

const cause = {
  /** The same for the same system, kind, code, path and mapping version. */
  cause: z.guid(),
  system: z.string(),
  kind: z.enum(errorKinds),
  code: z.string(),
  path: z.string(),
  mappingVersion: z.int().nullable(),
};

/** What went wrong alike: open entries of one system, kind, code, path and mapping version. */
export const errorCause = z
  .object({
    ...cause,
    entries: z.int(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    /** The latest entry, and what it says. */
    example: z.object({ errorId: z.int(), sourceId: z.string().nullable(), detail: z.string() }),
  })
  .meta({ id: 'ErrorCause' });
export type ErrorCause = z.infer<typeof errorCause>;
/** The cause with the latest entry first. */
export const errorCausePage = z
  .object({ causes: z.array(errorCause), nextCursor: z.string().nullable() })
  .meta({ id: 'ErrorCausePage' });
export type ErrorCausePage = z.infer<typeof errorCausePage>;

const entry = {
  errorId: z.int(),
  ...cause,
  state: z.enum(errorStates),
  sourceId: z.string().nullable(),
  /** The batch and line that it came by; null for what was heard by listing the system in a refresh run. */
  batchId: z.int().nullable(),
  line: z.int().nullable(),
  runId: z.int().nullable(),
  detail: z.string(),
  at: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  resolution: z.enum(errorResolutions).nullable(),
  /** The replay that last came to it, or that will. */
  replayId: z.int().nullable(),
};
export const errorEntry = z.object(entry).meta({ id: 'ErrorEntry' });
export type ErrorEntry = z.infer<typeof errorEntry>;
/** The latest first. */
export const errorEntryPage = z
  .object({ entries: z.array(errorEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'ErrorEntryPage' });
export type ErrorEntryPage = z.infer<typeof errorEntryPage>;

/** `raw`: the line as it was accepted; null for what came by no batch. */
export const errorEntryWhole = z
  .object({ ...entry, acceptedAt: z.iso.datetime().nullable(), raw: z.string().nullable() })
  .meta({ id: 'ErrorEntryWhole' });
export type ErrorEntryWhole = z.infer<typeof errorEntryWhole>;
