import type { z } from 'zod';
import { sizeProblem } from '../document-size.ts';
import { canonicalJson } from '../json.ts';
import { most } from '../limits.ts';
import type { Model } from '../customer/model/model.ts';
import { fitProblems, subjectsOf, type RuleProblem, type Subject } from './fit.ts';
import { isSafePattern } from './pattern.ts';
import { gateOf, rule as ruleSchema, ruleDocument, unnamedRule, type Rule, type RuleDocument } from './rules.ts';

export type RuleValidation = { ok: true; rules: RuleDocument } | { ok: false; problems: RuleProblem[] };

/** Reads a rule document, or lists every mistake in it at once. */
export function validateRules(document: unknown, model: Model): RuleValidation {
  const tooLarge = sizeProblem(document);
  if (tooLarge) return { ok: false, problems: [tooLarge] };
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    return { ok: false, problems: [{ path: '', code: 'not-an-object', detail: 'A rule document is a JSON object.' }] };
  }
  const parsed = ruleDocument.safeParse(document);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeProblems(issue, document));
  // Each rule that has its form is checked further, whatever is wrong elsewhere.
  problems.push(...meaningProblems(document as Record<string, unknown>, model));
  if (parsed.success && problems.length === 0) return { ok: true, rules: parsed.data };
  return { ok: false, problems: problems.slice(0, most.problems) };
}

function meaningProblems(document: Record<string, unknown>, model: Model): RuleProblem[] {
  const subjects = subjectsOf(model);
  const fallback = ruleSchema.safeParse(document['default']).data;
  const named = document['attributes'];
  const given = named !== null && typeof named === 'object' ? (named as Record<string, unknown>) : {};
  const own = new Map(
    subjects.flatMap((subject) => {
      const rule = ruleSchema.safeParse(given[subject]).data;
      return rule ? [[subject, rule] as const] : [];
    }),
  );
  const unnamed = (subject: Subject) => fallback && unnamedRule(fallback, subject, model);
  const effective = (subject: Subject) =>
    own.get(subject) ?? (given[subject] === undefined ? unnamed(subject) : undefined);
  return [
    ...Object.keys(given)
      .filter((id) => !model.declares(id))
      .map((id) => unknownSubject(id, `/attributes/${escapePointer(id)}`, subjects)),
    ...(fallback ? ruleProblems(fallback, '/default') : []),
    ...[...own].flatMap(([subject, rule]) => [
      ...ruleProblems(rule, pointer(subject)),
      ...fitProblems(rule, subject, pointer(subject), model),
    ]),
    ...(fallback ? subjects.flatMap((subject) => uncovered(subject, given, fallback, model)) : []),
    ...subjects.flatMap((subject) => referenceProblems(subject, own, effective, model)),
  ];
}

const pointer = (subject: string) => `/attributes/${subject}`;

/** What the document does not name goes by the default rule, or by the one that the hub falls back to: it must fit. */
function uncovered(subject: Subject, given: Record<string, unknown>, fallback: Rule, model: Model): RuleProblem[] {
  const path = pointer(subject);
  if (given[subject] !== undefined) return [];
  if (fitProblems(unnamedRule(fallback, subject, model), subject, path, model).length === 0) return [];
  const detail = `The default rule does not fit ${subject}. Give it a rule of its own.`;
  return [{ path, code: 'needs-own-rule', detail }];
}

/** Mistakes within a rule, whatever it is for. */
function ruleProblems(rule: Rule, at: string): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if ('order' in rule) {
    const seen = new Set<string>();
    rule.order.map(canonicalJson).forEach((text, index) => {
      if (seen.size === seen.add(text).size) {
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

/** What a rule says of other attributes must hold of their rules. */
function referenceProblems(
  subject: Subject,
  own: ReadonlyMap<Subject, Rule>,
  effective: (subject: Subject) => Rule | undefined,
  model: Model,
): RuleProblem[] {
  const rule = effective(subject);
  const at = own.has(subject) ? pointer(subject) : '/default';
  if (rule?.strategy === 'owner-by-phase') {
    const told = model.phaseId === null ? null : effective(model.phaseId);
    if (told === undefined || told?.strategy === 'transition') return [];
    const detail = `The phase is known where the rule of ${model.phaseId ?? 'a phase'} is transition. Change that, or use owner.`;
    return [{ path: `${at}/strategy`, code: 'phase-not-told', detail }];
  }
  if (rule?.strategy !== 'follow') return [];
  const path = `${at}/attribute`;
  if (!model.plainIds.includes(rule.attribute)) return [unknownSubject(rule.attribute, path, model.plainIds)];
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

function unknownSubject(id: string, path: string, known: readonly string[]): RuleProblem {
  return { path, code: 'unknown-attribute', detail: `There is no attribute ${id}; there are ${known.join(', ')}.` };
}

/** Mistakes of form, with codes of their own where the cause is plain. */
function shapeProblems(issue: z.core.$ZodIssue, document: object): RuleProblem[] {
  const path = issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    const [code, detail] = ['unknown-member', 'There is no such member here. Leave it out.'];
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
