import type { z } from 'zod';
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
import { canonicalJson } from '../json.ts';
import { isSafePattern } from './gate.ts';
import type { Strategy } from './golden.ts';
import { gateOf, rule as ruleSchema, ruleDocument, type Rule, type RuleDocument } from './rules.ts';

/** A mistake in a rule document, with the JSON pointer of its place and what to do about it. */
export interface RuleProblem {
  path: string;
  /** Stable code, such as `unknown-attribute`. */
  code: string;
  detail: string;
}

export type RuleValidation = { ok: true; rules: RuleDocument } | { ok: false; problems: RuleProblem[] };

/** Reads a rule document, or lists every mistake in it at once. */
export function validateRules(document: unknown): RuleValidation {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    return { ok: false, problems: [{ path: '', code: 'not-an-object', detail: 'A rule document is a JSON object.' }] };
  }
  const parsed = ruleDocument.safeParse(document);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeProblems(issue, document));
  // Each rule that has its form is checked further, whatever is wrong elsewhere.
  problems.push(...meaningProblems(document as Record<string, unknown>));
  return parsed.success && problems.length === 0 ? { ok: true, rules: parsed.data } : { ok: false, problems };
}

type Subject = PlainAttributeId | ItemListId;
const subjects: readonly Subject[] = [...plainAttributeIds, ...itemListIds];
const isList = (subject: Subject): subject is ItemListId => subject in itemLists;
const declared = (subject: Subject): Attribute =>
  isList(subject) ? { ...itemLists[subject], level: 'customer' } : attributeOf(subject);

function meaningProblems(document: Record<string, unknown>): RuleProblem[] {
  const fallback = ruleSchema.safeParse(document['default']).data;
  const named = document['attributes'];
  const given = named !== null && typeof named === 'object' ? (named as Record<string, unknown>) : {};
  const own = new Map(
    subjects.flatMap((subject) => {
      const rule = ruleSchema.safeParse(given[subject]).data;
      return rule ? [[subject, rule] as const] : [];
    }),
  );
  const effective = (subject: Subject) => own.get(subject) ?? (given[subject] === undefined ? fallback : undefined);
  return [
    ...(fallback ? ruleProblems(fallback, '/default') : []),
    ...[...own].flatMap(([subject, rule]) => [
      ...ruleProblems(rule, pointer(subject)),
      ...fitProblems(rule, declared(subject), pointer(subject)),
    ]),
    ...(fallback ? subjects.flatMap((subject) => uncovered(subject, given, fallback)) : []),
    ...subjects.flatMap((subject) => referenceProblems(subject, own, effective)),
  ];
}

const pointer = (subject: string) => `/attributes/${subject}`;

/** The default rule serves the attributes that the document does not name, so it must fit each of them. */
function uncovered(subject: Subject, given: Record<string, unknown>, fallback: Rule): RuleProblem[] {
  const path = pointer(subject);
  if (given[subject] !== undefined || fitProblems(fallback, declared(subject), path).length === 0) return [];
  const detail = `The default rule does not fit ${subject}. Give it a rule of its own.`;
  return [{ path, code: 'needs-own-rule', detail }];
}

/** Mistakes within a rule, whatever it is for. */
function ruleProblems(rule: Rule, at: string): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if ('order' in rule) {
    const texts = rule.order.map(canonicalJson);
    texts.forEach((text, index) => {
      if (texts.indexOf(text) < index) {
        const detail = 'This stands higher in the order already. Keep one of the two.';
        problems.push({ path: `${at}/order/${index}`, code: 'named-twice', detail });
      }
    });
  }
  if (rule.strategy === 'trust') {
    for (const [system, { initial, floor }] of Object.entries(rule.systems)) {
      if (floor <= initial) continue;
      const detail = `Trust falls from its initial value: the floor must be at most ${initial}.`;
      problems.push({ path: `${at}/systems/${escapePointer(system)}/floor`, code: 'floor-above-initial', detail });
    }
  }
  const pattern = gateOf(rule)?.pattern;
  if (pattern !== undefined && !isSafePattern(pattern)) {
    const detail =
      'A pattern starts with ^, ends with $, and has characters, classes such as [a-z] and escapes such as \\d between them, without groups ' +
      'or alternatives and with at most three repetitions of varying length.';
    problems.push({ path: `${at}/valid/pattern`, code: 'unsafe-pattern', detail });
  }
  return problems;
}

const ordered = ['date', 'instant', 'money', 'count'];
const texts = ['date', 'instant', 'e164', 'email', 'identifier'];

/** What keeps a rule from being one for this attribute. */
function fitProblems(rule: Rule, { shape, level }: Attribute, at: string): RuleProblem[] {
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

/** What a rule says of other attributes must hold of their rules. */
function referenceProblems(
  subject: Subject,
  own: ReadonlyMap<Subject, Rule>,
  effective: (subject: Subject) => Rule | undefined,
): RuleProblem[] {
  const rule = effective(subject);
  const at = own.has(subject) ? pointer(subject) : '/default';
  if (rule?.strategy === 'owner-by-phase') {
    const lifecycle = effective('lifecycle');
    if (!lifecycle || lifecycle.strategy === 'transition') return [];
    const detail = 'The phase is known where the rule of lifecycle is transition. Change that, or use owner.';
    return [{ path: `${at}/strategy`, code: 'phase-not-told', detail }];
  }
  if (rule?.strategy !== 'follow') return [];
  const path = `${at}/attribute`;
  if (effective(rule.attribute)?.strategy === 'sum') {
    const detail = `${rule.attribute} is a sum of all records, so there is no one record to follow.`;
    return [{ path, code: 'no-record-to-follow', detail }];
  }
  const seen = new Set<Subject>();
  let next: Subject = subject;
  for (let here: Rule | undefined = rule; here?.strategy === 'follow' && !seen.has(next); here = effective(next)) {
    seen.add(next);
    next = here.attribute;
  }
  if (next !== subject) return [];
  const detail = `${subject} follows itself by way of ${[...seen].join(', ')}. Let one of them go by another rule.`;
  return [{ path, code: 'follow-cycle', detail }];
}

/** Mistakes of form, with codes of their own where the cause is plain. */
function shapeProblems(issue: z.core.$ZodIssue, document: object): RuleProblem[] {
  const path = issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    const [code, detail] =
      path === '/attributes'
        ? ['unknown-attribute', `There is no such attribute; there are ${subjects.join(', ')}.`]
        : ['unknown-member', 'There is no such member here. Leave it out.'];
    return issue.keys.map((key) => ({ path: `${path}/${escapePointer(key)}`, code, detail }));
  }
  if (isMissing(document, issue.path)) {
    return [{ path, code: 'missing', detail: `"${String(issue.path.at(-1))}" must be given here.` }];
  }
  if (issue.path.at(-1) === 'strategy') {
    const strategies = ruleSchema.options.map((option) => option.shape.strategy.value);
    return [
      { path, code: 'unknown-strategy', detail: `There is no such strategy; there are ${strategies.join(', ')}.` },
    ];
  }
  return [{ path, code: 'bad-form', detail: `${issue.message}.` }];
}

function isMissing(document: object, path: readonly PropertyKey[]): boolean {
  return path.reduce<unknown>((here, part) => (here as Record<PropertyKey, unknown>)[part], document) === undefined;
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
