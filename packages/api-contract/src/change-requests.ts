import { longest } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { reason, replaces } from './decisions.ts';

/** `done`: accepted, and the owner has taken the value over. `lapsed`: what asked was replaced, or the owner says the same by now. */
export const requestStates = ['open', 'accepted', 'refused', 'lapsed', 'done'] as const;

/** A write to an attribute that another system owns. */
export const changeRequest = z
  .object({
    requestId: z.int(),
    customerId: z.string(),
    customer: z.string(),
    attribute: z.string(),
    label: z.string(),
    state: z.enum(requestStates),
    system: z.string(),
    systemName: z.string(),
    sourceId: z.string().nullable(),
    owner: z.string(),
    /** The customer's records in the owning system: an accepted value goes to one of them. */
    targets: z.array(z.string()),
    value: z.json(),
    display: z.string(),
    /** The golden value that it would replace. */
    base: z.json(),
    baseDisplay: z.string(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    decision: z
      .object({
        decisionId: z.int(),
        accepted: z.boolean(),
        by: z.string(),
        at: z.iso.datetime(),
        reason: z.string(),
        undone: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'ChangeRequest' });
export type ChangeRequest = z.infer<typeof changeRequest>;
export const changeRequestPage = z
  .object({ requests: z.array(changeRequest), nextCursor: z.string().nullable(), open: z.int() })
  .meta({ id: 'ChangeRequestPage' });
export type ChangeRequestPage = z.infer<typeof changeRequestPage>;

/** `target`: the owner's record that gets an accepted value, by its key; may be left out where the customer has only one there. */
export const requestAnswer = z
  .object({ accepted: z.boolean(), target: z.string().max(longest.key).optional(), reason, replaces })
  .meta({ id: 'RequestAnswer' });
