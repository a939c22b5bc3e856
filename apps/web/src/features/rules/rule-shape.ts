import { z } from 'zod';

/** As much of a rule document as the screen reads and changes; the hub checks all of it. */
const rule = z.looseObject({
  strategy: z.string(),
  system: z.string().optional(),
  owner: z.string().optional(),
  owners: z.record(z.string(), z.string()).optional(),
  order: z.array(z.json()).optional(),
  attribute: z.string().optional(),
  systems: z.record(z.string(), z.object({ initial: z.number(), floor: z.number(), decayDays: z.number() })).optional(),
  initial: z.string().optional(),
  ask: z.boolean().optional(),
  concurrent: z.string().optional(),
  valid: z.object({ pattern: z.string().optional(), maxAgeDays: z.number().optional() }).optional(),
});
export type Rule = z.infer<typeof rule>;

export const ruleDocument = z.looseObject({ default: rule, attributes: z.record(z.string(), rule) });
export type RuleDocument = z.infer<typeof ruleDocument>;
