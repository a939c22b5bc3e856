import type { Sensitivity } from '@cinch/canonical-model';
import { longest } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import type { Caller } from './routes.ts';

/**
 * Who sees the values of an attribute by its sensitivity, wherever they leave the hub for a person, and who may have one of them revealed.
 * What is sent to a system, and what a system reads with its own key, is never masked: it keeps these values itself.
 */
export const sights = {
  personal: { seenBy: ['steward', 'auditor', 'admin', 'automation'], revealedTo: [] },
  sensitive: { seenBy: ['steward', 'admin', 'automation'], revealedTo: [] },
  confidential: { seenBy: ['automation'], revealedTo: ['steward', 'admin'] },
} as const satisfies Record<Sensitivity, { seenBy: readonly Caller[]; revealedTo: readonly Caller[] }>;

/** What stands in the place of a value that the caller may not see: that there is one is no secret. */
export const masked = '•••';

export const revealAsk = z
  .object({ attribute: z.string().max(longest.attribute).describe('An attribute, or a list with all of its items') })
  .meta({ id: 'RevealAsk' });

const said = {
  attribute: z.string(),
  label: z.string(),
  display: z.string(),
};

/** Values of one attribute of one customer, unmasked. Who asked for which, and when, stands in the audit; the values do not. */
export const revealed = z
  .object({
    attribute: z.string(),
    label: z.string(),
    /** What is golden: one value, or the items of a list. */
    golden: z.array(z.object({ ...said, value: z.json() })),
    /** What the records say that it survived from, also what lost. */
    said: z.array(z.object({ ...said, system: z.string(), systemName: z.string(), sourceId: z.string().nullable() })),
  })
  .meta({ id: 'Revealed' });
export type Revealed = z.infer<typeof revealed>;
