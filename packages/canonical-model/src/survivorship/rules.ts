import { z } from 'zod';
import { itemListOf, type AttributeId } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { phases } from '../customer/shapes/phase.ts';
import { longest, most } from '../limits.ts';
import type { Strategy } from './golden.ts';

/**
 * The rule document: for each attribute the strategy by which one of its values survives, as data. What the schema cannot say
 * (which strategy fits which attribute, what follows what) is checked by `validateRules`.
 */

const system = z.string().min(1).max(longest.systemCode).describe('Code of a system');
const subject = z.string().max(longest.attributeName).describe('Id of an attribute or a list of the canonical model');
const phase = z.enum(phases);

const gate = z
  .strictObject({
    pattern: z
      .string()
      .max(longest.pattern)
      .optional()
      .describe('Anchored regular expression that the text must match'),
    maxAgeDays: z.int().min(1).max(36_500).optional().describe('A value said longer ago does not pass'),
  })
  .meta({ id: 'ValidityGate', description: 'Values that do not pass are no candidates while any other passes' });

const picks = {
  ask: z.boolean().optional().describe('A person decides whenever standing values differ'),
  valid: gate.optional(),
};
const disputed = {
  ...picks,
  concurrent: z.enum(['ask', 'decide']).optional().describe('Whether changes made apart open a conflict; default ask'),
};
const owned = {
  owner: system.optional().describe('Only this system’s records count; what others change is a request'),
};

export const rule = z
  .discriminatedUnion('strategy', [
    z.strictObject({ strategy: z.literal('owner'), system, ...picks }),
    z.strictObject({ strategy: z.literal('owner-by-phase'), owners: z.partialRecord(phase, system), ...picks }),
    z.strictObject({
      strategy: z.literal('source-priority'),
      order: z.array(system).min(1).max(most.ranked),
      ...disputed,
    }),
    z.strictObject({ strategy: z.literal('most-recent'), ...disputed }),
    z
      .strictObject({ strategy: z.literal('valid-first'), ...disputed })
      .describe('The most recent of the values that pass the checks of their shape; of all where none passes'),
    z.strictObject({ strategy: z.literal('most-frequent'), ...disputed }),
    z.strictObject({ strategy: z.literal('most-complete'), ...disputed }),
    z.strictObject({ strategy: z.literal('longest'), ...disputed }),
    z.strictObject({ strategy: z.literal('minimum'), ...owned, ...picks }),
    z.strictObject({ strategy: z.literal('maximum'), ...owned, ...picks }),
    z.strictObject({ strategy: z.literal('sum'), ...owned }),
    z.strictObject({ strategy: z.literal('union'), ...owned }),
    z.strictObject({
      strategy: z.literal('value-ranking'),
      order: z.array(z.json()).min(1).max(most.ranked),
      ...disputed,
    }),
    z.strictObject({ strategy: z.literal('follow'), attribute: subject, ...disputed }),
    z.strictObject({
      strategy: z.literal('trust'),
      systems: z.record(
        system,
        z.strictObject({
          initial: z.number().min(0).max(100),
          floor: z.number().min(0).max(100),
          decayDays: z.int().min(1).max(36_500),
        }),
      ),
      ...disputed,
    }),
    z.strictObject({ strategy: z.literal('consent'), ...picks }),
    z.strictObject({
      strategy: z.literal('transition'),
      owners: z.record(phase, system),
      initial: phase.optional().describe('The phase that counts before the first one is said'),
    }),
  ])
  .meta({ id: 'SurvivorshipRule' });
export type Rule = z.infer<typeof rule>;
export type RuleOf<S extends Strategy> = Extract<Rule, { strategy: S }>;
export type Gate = z.infer<typeof gate>;

export const ruleDocument = z
  .strictObject({
    format: z.literal(1),
    default: rule,
    attributes: z.record(subject, rule),
  })
  .meta({ id: 'SurvivorshipRules' });
export type RuleDocument = z.infer<typeof ruleDocument>;

/** Strategies that choose among values by who or what is better: here two changes made apart are a question for a person. */
const disputable: ReadonlySet<Strategy> = new Set([
  'source-priority',
  'most-recent',
  'valid-first',
  'most-frequent',
  'most-complete',
  'longest',
  'value-ranking',
  'follow',
  'trust',
]);

export function ruleFor(rules: RuleDocument, attribute: AttributeId, model: Model): Rule {
  return rules.attributes[itemListOf(attribute) ?? attribute] ?? unnamedRule(rules.default, attribute, model);
}

/** The rule of what a document does not name: its default one, where that can be. It may be younger than the document. */
export function unnamedRule(fallback: Rule, attribute: AttributeId, model: Model): Rule {
  const { isList, level, shape } = model.attributeOf(attribute);
  if (isList) return fallback.strategy === 'union' ? fallback : sharedLists;
  if (level === 'customer') return fallback;
  return shape.sum ? total : greatest;
}

/** Whether what survives depends on other attributes as well. */
export function looksAtOthers({ strategy }: Rule): boolean {
  return strategy === 'follow' || strategy === 'owner-by-phase';
}

/** Whether changes made apart open a conflict under this rule. */
export function asksWhenConcurrent(rule: Rule): boolean {
  return disputable.has(rule.strategy) && !('concurrent' in rule && rule.concurrent === 'decide');
}

/** Whether a person decides whenever standing values differ. */
export function asksAlways(rule: Rule): boolean {
  return 'ask' in rule && rule.ask === true;
}

/** The gate of a rule that has one. */
export function gateOf(rule: Rule): Gate | null {
  return ('valid' in rule ? rule.valid : null) ?? null;
}

const sharedLists = { strategy: 'union' } as const;
const total = { strategy: 'sum' } as const;
const greatest = { strategy: 'maximum' } as const;

/** The rules that ship: who masters what of the two reference systems. A hub without these has `shippedRulesFor` its own. */
export const shippedRules: RuleDocument = {
  format: 1,
  default: { strategy: 'most-recent' },
  attributes: {
    birthDate: { strategy: 'owner', system: 'bellyfat' },
    lifecycle: {
      strategy: 'transition',
      owners: {
        prospect: 'bellyfat',
        active: 'adipose',
        dormant: 'bellyfat',
        former: 'bellyfat',
        deceased: 'bellyfat',
      },
    },
    'consent.marketing': { strategy: 'consent' },
    creditLimit: { strategy: 'sum', owner: 'adipose' },
    lifetimeSpend: { strategy: 'sum', owner: 'adipose' },
    points: { strategy: 'sum', owner: 'adipose' },
    lastTransaction: { strategy: 'maximum', owner: 'adipose' },
    phones: sharedLists,
    emails: sharedLists,
    addresses: sharedLists,
    products: { strategy: 'union', owner: 'bellyfat' },
    rights: { strategy: 'union', owner: 'bellyfat' },
  },
};

/**
 * The rules that ship, for a hub that has these systems. What is to be owned by a system that is not there is owned by nobody: an owner
 * who never speaks would keep what the others say from being seen.
 */
export function shippedRulesFor(systems: Iterable<string>): RuleDocument {
  const there = new Set(systems);
  const attributes = Object.entries(shippedRules.attributes).flatMap(([subject, one]) => {
    const kept = withoutAbsentOwner(one, there);
    return kept ? [[subject, kept] as const] : [];
  });
  return { ...shippedRules, attributes: Object.fromEntries(attributes) };
}

/** Null where nothing is left of the rule without its owners: then the default is. */
function withoutAbsentOwner(rule: Rule, there: ReadonlySet<string>): Rule | null {
  if (rule.strategy === 'owner') return there.has(rule.system) ? rule : null;
  if (rule.strategy === 'transition')
    return Object.values(rule.owners).every((owner) => there.has(owner)) ? rule : null;
  if (!('owner' in rule) || rule.owner === undefined || there.has(rule.owner)) return rule;
  const { owner: _, ...ownerless } = rule;
  return ownerless;
}
