import {
  attributeOf,
  attributes,
  itemListIds,
  itemLists,
  plainAttributeIds,
  type Attribute,
  type ItemListId,
  type PlainAttributeId,
} from '../customer/attributes.ts';
import { valueProblem } from '../customer/canonical-value.ts';
import { strategies, type Strategy } from './golden.ts';
import { gateOf, type Rule } from './rules.ts';

/** A mistake in a rule document, with the JSON pointer of its place and what to do about it. */
export interface RuleProblem {
  path: string;
  /** Stable code, such as `unknown-attribute`. */
  code: string;
  detail: string;
}

/** What a rule may be for. */
export type Subject = PlainAttributeId | ItemListId;
export const subjects: readonly Subject[] = [...plainAttributeIds, ...itemListIds];
const isList = (subject: Subject): subject is ItemListId => subject in itemLists;
export const declared = (subject: Subject): Attribute =>
  isList(subject) ? { ...itemLists[subject], level: 'customer' } : attributeOf(subject);

const ordered = ['date', 'instant', 'money', 'count'];
const texts = ['date', 'instant', 'e164', 'email', 'identifier'];

/** What keeps a rule from being one for this attribute. */
export function fitProblems(rule: Rule, { shape, level }: Attribute, at: string): RuleProblem[] {
  const misfit = (code: string, detail: string) => [{ path: `${at}/strategy`, code, detail }];
  const isItem = Object.values(itemLists).some((list) => list.shape === shape);
  const needed = isItem ? ['union'] : level === 'account' ? ['sum', 'minimum', 'maximum'] : null;
  if (needed && !needed.includes(rule.strategy)) {
    return isItem
      ? misfit(
          'list-needs-union',
          'Items of a list survive one by one: use union, with an owner if one system masters it.',
        )
      : misfit(
          'account-needs-aggregate',
          'Each record has its own value: say what they amount to by sum, minimum or maximum, with an owner if one system masters it.',
        );
  }
  const only: Partial<Record<Strategy, readonly string[]>> = {
    sum: ['money', 'count'],
    minimum: ordered,
    maximum: ordered,
    consent: ['consent'],
    transition: ['phase'],
    union: [],
  };
  const fitting = only[rule.strategy];
  if (fitting && !isItem && !fitting.includes(shape)) {
    const ids = plainAttributeIds.filter((id) => fitting.includes(attributes[id].shape));
    const where = rule.strategy === 'union' ? itemListIds : ids;
    return misfit(
      'strategy-does-not-fit',
      `${rule.strategy} is for ${where.join(', ')} only. Choose another strategy.`,
    );
  }
  const problems: RuleProblem[] = [];
  if (level === 'account') {
    for (const member of ['ask', 'valid'].filter((name) => name in rule)) {
      const detail = 'The records’ values do not compete, so there is nothing to choose. Leave this out.';
      problems.push({ path: `${at}/${member}`, code: 'nothing-to-choose', detail });
    }
  }
  if (rule.strategy === 'value-ranking') {
    rule.order.forEach((value, index) => {
      const problem = valueProblem(shape, value);
      const detail = `No record can say this, so it ranks nothing. ${problem?.detail}`;
      if (problem) problems.push({ path: `${at}/order/${index}`, code: problem.code, detail });
    });
  }
  if (gateOf(rule)?.pattern !== undefined && !texts.includes(shape)) {
    const detail = 'Only a value that is one text can match a pattern. Leave it out.';
    problems.push({ path: `${at}/valid/pattern`, code: 'pattern-needs-text', detail });
  }
  return problems;
}

/** Strategies that may be chosen for the attribute or list, however they are completed. */
export function fittingStrategies(subject: Subject): Strategy[] {
  return strategies.filter((strategy) => {
    // What completes a strategy has no part in whether it fits, so a rule in outline will do.
    const outline = { strategy, order: [] } as unknown as Rule;
    return fitProblems(outline, declared(subject), '').length === 0;
  });
}
