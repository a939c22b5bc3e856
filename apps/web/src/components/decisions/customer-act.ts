import { z } from 'zod';

/** The act that a person has open on a customer's page, in the URL: Back closes it, and a link can lead to it. */
export const customerAct = z.object({
  act: z
    .enum(['pin', 'merge', 'split', 'reopen', 'reconsider', 'confirm-deleted', 'put-back', 'exclude', 'undo'])
    .optional()
    .catch(undefined),
  /** Of a pin or a reconsideration. */
  attribute: z.string().optional().catch(undefined),
  /** Of a reopening. */
  system: z.string().optional().catch(undefined),
  /** Of an act about one record. */
  record: z.int().optional().catch(undefined),
  /** Of an undo. */
  decision: z.int().optional().catch(undefined),
});
export type CustomerAct = z.infer<typeof customerAct>;
