import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { perhapsReason, replaces } from './decisions.ts';
import { instantSaid } from './instant-said.ts';

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
