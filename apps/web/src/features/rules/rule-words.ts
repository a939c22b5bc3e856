import { countOf, strategyInWords } from '../../texts.ts';
import type { Difference } from '../../components/versions/version-difference.tsx';
import type { Rule, RuleDocument } from './rule-shape.ts';

/** What systems and attributes are called. */
export interface Names {
  system: (code: string) => string;
  attribute: (id: string) => string;
}

/** The whole of a rule as a sentence: nothing of it that a document says is left out. */
export function ruleInFull(rule: Rule, names: Names): string {
  return [strategyInFull(rule, names), ...conditionsOf(rule)].join('; ');
}

function strategyInFull(rule: Rule, names: Names): string {
  const { strategy, system, owner, owners, order, attribute, systems, initial } = rule;
  const words = strategyInWords(strategy);
  if (strategy === 'owner' && system !== undefined) return `What ${names.system(system)} says`;
  if (strategy === 'source-priority' && order)
    return `What the first of these says that says anything: ${order.map((code) => names.system(String(code))).join(', then ')}`;
  if (order) return `${words}: ${order.map((value) => textOf(value)).join(', then ')}`;
  if (owners) {
    const begin = initial === undefined ? '' : `, beginning as ${initial}`;
    return `${words} (${phasesInWords(owners, names)}${begin})`;
  }
  if (attribute !== undefined) return `What came with the winner of ${names.attribute(attribute)}`;
  if (systems) return `${words}: ${Object.entries(systems).map(trustInWords(names)).join(', ')}`;
  return owner === undefined ? words : `${words}, of ${names.system(owner)} alone`;
}

function conditionsOf({ ask, concurrent, valid }: Rule): string[] {
  return [
    ...(ask ? ['a person decides whenever values differ'] : []),
    ...(concurrent === 'decide' ? ['it decides changes made apart too, where a person would be asked'] : []),
    ...(valid?.pattern === undefined ? [] : [`only values of the form ${valid.pattern}, while there are any`]),
    ...(valid?.maxAgeDays === undefined
      ? []
      : [`only what was said within ${countOf(valid.maxAgeDays, 'day')}, while there is any`]),
  ];
}

/** Phases that one system owns stand together. */
function phasesInWords(owners: Record<string, string>, names: Names): string {
  const bySystem = Map.groupBy(Object.keys(owners), (phase) => owners[phase]!);
  return [...bySystem].map(([system, phases]) => `${names.system(system)} owns ${phases.join(', ')}`).join('; ');
}

const trustInWords =
  (names: Names) =>
  ([code, { initial, floor, decayDays }]: [string, NonNullable<Rule['systems']>[string]]) =>
    `${names.system(code)} ${initial}, falling to ${floor} in ${countOf(decayDays, 'day')}`;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Attribute by attribute what the one document says and the other does not. */
export function ruleDifferences(before: RuleDocument, after: RuleDocument, names: Names): Difference[] {
  const attributes = [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])];
  const said = ({ attributes: own, default: others }: RuleDocument, attribute: string) =>
    own[attribute] ? ruleInFull(own[attribute], names) : `As all others: ${ruleInFull(others, names)}`;
  return [
    ...attributes.map((one) => ({ of: names.attribute(one), before: said(before, one), after: said(after, one) })),
    { of: 'All others', before: ruleInFull(before.default, names), after: ruleInFull(after.default, names) },
  ].filter((one) => one.before !== one.after);
}
