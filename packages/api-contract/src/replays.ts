import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { instantStated } from './instant-said.ts';

/**
 * Which lines of the error log are worked on again: those that all of what is given names, and that are not resolved. Only entries of the
 * kind `line` are replayed; fields are read anew by themselves when a mapping is published.
 */
const selection = {
  ids: z.array(z.int().positive()).min(1).max(most.named).optional(),
  cause: z.guid().optional(),
  system: z.string().min(1).max(longest.systemCode).optional(),
  /** Of the system that is named: what was logged under that version of its mapping. */
  mappingVersion: z.int().positive().optional(),
  since: instantStated.optional(),
  /** Exclusive. */
  until: instantStated.optional(),
};

export const replayAsk = z
  .strictObject({ ...selection, dryRun: z.boolean().default(false) })
  .refine(({ dryRun: _, ...given }) => Object.values(given).some((one) => one !== undefined), {
    error: 'Say what to replay: ids, a cause, a system, a mapping version or a time.',
  })
  .refine(({ system, mappingVersion }) => mappingVersion === undefined || system !== undefined, {
    path: ['system'],
    error: 'Name the system of the mapping version: every system counts its own.',
  })
  .meta({ id: 'ReplayAsk' });
export type ReplayAsk = z.infer<typeof replayAsk>;

const outcomes = z.array(
  z.object({
    outcome: z.enum(['applied', 'superseded', 'error']),
    /** What would go wrong. */
    code: z.string().nullable(),
    lines: z.int(),
  }),
);

/** Of a dry run the lines that were tried tell how they would fare now; nothing of it is kept. */
export const replayAnswer = z
  .object({
    dryRun: z.boolean(),
    /** Null when it was a dry run, and when there is nothing to replay. */
    replayId: z.int().nullable(),
    /** How many lines are replayed. */
    lines: z.int(),
    /** Open entries that are named but not replayed: of another kind, of a listed row without a key, or under way in a replay already. */
    passedOver: z.int(),
    tried: z.int(),
    outcomes,
  })
  .meta({ id: 'ReplayAnswer' });
export type ReplayAnswer = z.infer<typeof replayAnswer>;

/** `lines = waiting + applied + superseded + error + settled`, always. */
export const replay = z
  .object({
    replayId: z.int(),
    by: z.string(),
    askedAt: z.iso.datetime(),
    doneAt: z.iso.datetime().nullable(),
    lines: z.int(),
    waiting: z.int(),
    applied: z.int(),
    superseded: z.int(),
    /** They went wrong again, and stand in the log with what went wrong last. */
    error: z.int(),
    /** What they waited for came before the replay did. */
    settled: z.int(),
  })
  .meta({ id: 'Replay' });
export type Replay = z.infer<typeof replay>;
/** The latest first. */
export const replayPage = z
  .object({ replays: z.array(replay), nextCursor: z.string().nullable() })
  .meta({ id: 'ReplayPage' });
export type ReplayPage = z.infer<typeof replayPage>;
