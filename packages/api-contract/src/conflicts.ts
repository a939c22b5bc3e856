import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { perhapsReason, replaces } from './decisions.ts';
import { instantSaid } from './instant-said.ts';
import { reach, seenCount } from './reach.ts';

export const candidate = z
  .object({
    assertionId: z.string(),
    system: z.string(),
    systemName: z.string(),
    sourceId: z.string().nullable(),
    value: z.json(),
    display: z.string(),
    at: instantSaid,
    /** True for the value that the rule would take: golden shows it meanwhile. */
    provisional: z.boolean(),
  })
  .meta({ id: 'Candidate' });
export type Candidate = z.infer<typeof candidate>;

export const conflict = z
  .object({
    conflictId: z.int(),
    customerId: z.string(),
    customer: z.string(),
    attribute: z.string(),
    label: z.string(),
    state: z.enum(['open', 'closed']),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    /** `concurrent`: two systems' changes; `asked`: the rule asks a person; `pins`: customers with different pins came together. */
    cause: z.enum(['concurrent', 'asked', 'pins']),
    /** `choice`, `pin`, `agreement`, `withdrawn`, `rules`: how it closed. */
    closedBy: z.string().nullable(),
    candidates: z.array(candidate),
    decision: z
      .object({
        decisionId: z.int(),
        chosen: z.string(),
        by: z.string(),
        at: z.iso.datetime(),
        reason: z.string(),
        undone: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Conflict' });
export type Conflict = z.infer<typeof conflict>;
export const conflictPage = z
  .object({ conflicts: z.array(conflict), nextCursor: z.string().nullable(), open: z.int() })
  .meta({ id: 'ConflictPage' });
export type ConflictPage = z.infer<typeof conflictPage>;

/** `basis`: the assertions the steward was shown; when they are no longer the conflict's, the call answers `conflict-changed`. */
export const resolution = z
  .object({
    chosen: z.string().max(longest.attribute),
    basis: z.array(z.string().max(longest.attribute)).min(2).max(most.named),
    reason: perhapsReason,
    replaces,
  })
  .meta({ id: 'Resolution' });
export type Resolution = z.infer<typeof resolution>;

/** So many conflicts are answered as one at most: more are a rule that is missing. */
export const mostBulkChoices = 2_000;
/** So many may be taken out of one bulk decision. */
const mostTakenOut = 500;

/**
 * The same question: open conflicts about the same attribute between the same systems, each with one value; chosen is the value of `system`.
 * `sameValues`: only where the systems say the very same values as here. `except`: conflicts that are taken out.
 */
export const sameQuestion = z
  .object({
    system: z.string().max(40),
    sameValues: z.boolean().default(false),
    except: z.array(z.int()).max(mostTakenOut).default([]),
  })
  .meta({ id: 'SameQuestion' });
export type SameQuestion = z.input<typeof sameQuestion>;

/** The conflicts that would be answered, this one among them, and what that would change. */
export const samePreview = z
  .object({
    /** How many conflicts: to be sent as `count`. */
    conflicts: z.int(),
    /** The first hundred of them. */
    shown: z.array(conflict),
    reach,
  })
  .meta({ id: 'SamePreview' });
export type SamePreview = z.infer<typeof samePreview>;

export const sameResolution = sameQuestion
  .extend({ count: seenCount, reason: perhapsReason })
  .meta({ id: 'SameResolution' });
export type SameResolution = z.input<typeof sameResolution>;

export const bulkMade = z.object({ bulkId: z.int(), conflicts: z.int() }).meta({ id: 'BulkMade' });
export type BulkMade = z.infer<typeof bulkMade>;

/** One answer to the same question about many customers. */
export const bulkDecision = z
  .object({
    bulkId: z.int(),
    attribute: z.string(),
    label: z.string(),
    system: z.string(),
    systemName: z.string(),
    reason: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
    /** Choices that were made, that wait to be made, and conflicts that asked something else by then. */
    made: z.int(),
    waiting: z.int(),
    changed: z.int(),
    undoneBy: z.string().nullable(),
    undoneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BulkDecision' });
export type BulkDecision = z.infer<typeof bulkDecision>;
export const bulkDecisionPage = z
  .object({ bulkDecisions: z.array(bulkDecision), nextCursor: z.string().nullable() })
  .meta({ id: 'BulkDecisionPage' });
export type BulkDecisionPage = z.infer<typeof bulkDecisionPage>;
