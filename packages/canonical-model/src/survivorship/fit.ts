import type { ItemListId, PlainAttributeId } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { shapes } from '../customer/shapes/shapes.ts';
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
export function subjectsOf({ plainIds, listIds }: Model): Subject[] {
  return [...plainIds, ...listIds];
}

/** Strategies for values of some shapes, and for items of lists. */
const special: ReadonlySet<Strategy> = new Set(
  Object.values(shapes)
    .flatMap(({ strategies }) => strategies)
    .concat('union'),
);

/** What keeps a rule from being one for this attribute. */
export function fitProblems(rule: Rule, subject: Subject, at: string, model: Model): RuleProblem[] {
  const { shape, level, isList } = model.attributeOf(subject);
  const misfit = (code: string, detail: string) => [{ path: `${at}/strategy`, code, detail }];
  const needed = isList ? ['union'] : level === 'account' ? ['sum', 'minimum', 'maximum'] : null;
  if (needed && !needed.includes(rule.strategy)) {
    return isList
      ? misfit(
          'list-needs-union',
          'Items of a list survive one by one: use union, with an owner if one system masters it.',
        )
      : misfit(
          'account-needs-aggregate',
          'Each record has its own value: say what they amount to by sum, minimum or maximum, with an owner if one system masters it.',
        );
  }
  const fits = (id: PlainAttributeId) => model.attributeOf(id).shape.strategies.includes(rule.strategy);
  if (special.has(rule.strategy) && !isList && !fits(subject)) {
    const ids = model.plainIds.filter(fits);
    const where = rule.strategy === 'union' ? model.listIds : ids;
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
      const problem = value === null ? null : shape.problem(value);
      const detail = `No record can say this, so it ranks nothing. ${problem?.detail}`;
      if (problem) problems.push({ path: `${at}/order/${index}`, code: problem.code, detail });
    });
  }
  if (gateOf(rule)?.pattern !== undefined && !shape.isText) {
    const detail = 'Only a value that is one text can match a pattern. Leave it out.';
    problems.push({ path: `${at}/valid/pattern`, code: 'pattern-needs-text', detail });
  }
  return problems;
}

/** Strategies that may be chosen for the attribute or list, however they are completed. */
export function fittingStrategies(subject: Subject, model: Model): Strategy[] {
  return strategies.filter((strategy) => {
    // What completes a strategy has no part in whether it fits, so a rule in outline will do.
    const outline = { strategy, order: [] } as unknown as Rule;
    return fitProblems(outline, subject, '', model).length === 0;
  });
}
