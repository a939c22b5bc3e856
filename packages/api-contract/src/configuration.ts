import { z } from 'zod';
import { reason } from './decisions.ts';
import { reach, seenCount } from './reach.ts';
import { adapterAddress, adapterToken, systemCode, systemLimits, systemSchedule } from './systems.ts';

const document = z.json();

/**
 * What admins set up, as one document to keep in a file: the canonical model, systems with their mappings and scopes, the rules, the match model. Not in it: records,
 * decisions, accounts, keys, whether a system is armed, and, when it is read, the tokens of adapters.
 */
export const configuration = z
  .object({
    format: z.literal(1),
    systems: z.array(
      z.object({
        code: systemCode,
        name: z.string().min(1).max(80),
        adapterUrl: adapterAddress.nullable(),
        /** Only taken, never told; needed where the address is another. */
        adapterToken: adapterToken.min(1).optional(),
        scope: document,
        lane: z.enum(['off', 'on']),
        /** Left out: as they are. */
        limits: systemLimits.optional(),
        /** Left out: as it is. */
        schedule: systemSchedule.optional(),
        /** Null: none was published yet. */
        mapping: document,
      }),
    ),
    /** Published before all else: mappings, rules and scopes name what it declares. */
    canonicalModel: document,
    survivorship: document,
    matching: document,
  })
  .meta({ id: 'Configuration' });
export type Configuration = z.infer<typeof configuration>;

/** A part that is left out stays as it is, and so does a system that is not named: nothing is deleted. */
export const configurationPut = configuration
  .partial({ systems: true, canonicalModel: true, survivorship: true, matching: true })
  .extend({ reason: reason.default('configuration imported'), count: seenCount })
  .meta({ id: 'ConfigurationPut' });
export type ConfigurationPut = z.infer<typeof configurationPut>;

export const configurationChanges = z
  .object({
    /** Nothing was changed: this is what would be. */
    dryRun: z.boolean(),
    /** How many places differ in all; `differences` lists the first 200. */
    count: z.int(),
    differences: z.array(
      z.object({
        /** A JSON pointer into the document, systems by their codes: `/systems/shop/mapping/key/path`. */
        path: z.string(),
        /** Absent where there was nothing. */
        from: document.optional(),
        /** Absent where there is nothing any more. */
        to: document.optional(),
      }),
    ),
    /** What was, or would be, published anew: `canonicalModel`, `mapping shop`, `survivorship`, `matching`. */
    publishes: z.array(z.string()),
    /** What all of it together changes, or would. */
    reach,
  })
  .meta({ id: 'ConfigurationChanges' });
export type ConfigurationChanges = z.infer<typeof configurationChanges>;
