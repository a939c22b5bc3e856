import type { Rule, RuleDocument } from './rule-shape.ts';

/** What completes a rule of each strategy besides its conditions. */
type Needs = 'system' | 'owner' | 'order' | 'owners' | 'attribute' | 'systems';
const needs: Readonly<Record<string, Needs>> = {
  owner: 'system',
  'owner-by-phase': 'owners',
  'source-priority': 'order',
  minimum: 'owner',
  maximum: 'owner',
  sum: 'owner',
  union: 'owner',
  follow: 'attribute',
  trust: 'systems',
  transition: 'owners',
};
export const needsOf = (strategy: string): Needs | null => needs[strategy] ?? null;

/** A ranking is of values, which have their own forms: it is written as JSON. */
export const asJsonOnly: ReadonlySet<string> = new Set(['value-ranking']);

const disputable = [
  'source-priority',
  'most-recent',
  'valid-first',
  'most-frequent',
  'most-complete',
  'longest',
  'follow',
  'trust',
];
const canAsk = new Set([...disputable, 'value-ranking', 'owner', 'owner-by-phase', 'minimum', 'maximum', 'consent']);

/** Whether a person may be asked whenever values differ; the values of accounts do not compete. */
export function mayAsk(strategy: string, kind: string): boolean {
  return kind === 'value' && canAsk.has(strategy);
}

/** Whether the rule may decide changes made apart by itself. */
export function mayDecideApart(strategy: string): boolean {
  return disputable.includes(strategy) || strategy === 'value-ranking';
}

/** What rules may name. */
interface Choices {
  systems: readonly string[];
  /** Attributes that another may follow. */
  attributes: readonly string[];
}

export const phases = ['prospect', 'active', 'dormant', 'former', 'deceased'] as const;

/** The rule by another strategy: what still fits is kept, what is needed begins with something that is valid. */
export function withStrategy(rule: Rule, strategy: string, { systems, attributes }: Choices): Rule {
  const first = rule.system ?? rule.owner ?? systems[0] ?? '';
  const kept = {
    strategy,
    ...(canAsk.has(strategy) && rule.ask !== undefined && { ask: rule.ask }),
    ...(canAsk.has(strategy) && rule.valid !== undefined && { valid: rule.valid }),
    ...(mayDecideApart(strategy) && rule.concurrent !== undefined && { concurrent: rule.concurrent }),
  };
  switch (needsOf(strategy)) {
    case 'system':
      return { ...kept, system: first };
    case 'owner': {
      const owner = rule.owner ?? rule.system;
      return owner === undefined ? kept : { ...kept, owner };
    }
    case 'order':
      return { ...kept, order: rule.strategy === 'source-priority' && rule.order ? rule.order : [...systems] };
    case 'owners':
      return { ...kept, owners: rule.owners ?? Object.fromEntries(phases.map((phase) => [phase, first])) };
    case 'attribute':
      return { ...kept, attribute: rule.attribute ?? attributes[0] ?? '' };
    case 'systems': {
      const trust = Object.fromEntries(systems.map((code) => [code, { initial: 50, floor: 0, decayDays: 365 }]));
      return { ...kept, systems: rule.systems ?? trust };
    }
    case null:
      return kept;
  }
}

/** The list with one of its items moved by so many places, which stay within the list. */
export function moved<Item>(list: readonly Item[], from: number, by: number): Item[] {
  const to = Math.max(0, Math.min(list.length - 1, from + by));
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

/** `all`: the rule of those that have none of their own. Null: the attribute goes as all others do. */
export function withRule(document: RuleDocument, attribute: string, rule: Rule | null): RuleDocument {
  if (attribute === 'all') return rule ? { ...document, default: rule } : document;
  if (rule) return { ...document, attributes: { ...document.attributes, [attribute]: rule } };
  const { [attribute]: _, ...attributes } = document.attributes;
  return { ...document, attributes };
}
