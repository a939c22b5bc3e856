import type { z } from 'zod';
import type { Model } from '../customer/model/model.ts';
import type { Shape } from '../customer/shapes/shape.ts';
import { sizeProblem } from '../document-size.ts';
import type { Json } from '../json.ts';
import { most } from '../limits.ts';
import { escapePointer } from '../mapping/problems.ts';
import { attributeTests, kindTest, scopeDocument, type ScopeDocument } from './scope.ts';

/** One mistake in a scope document; `path` is the JSON pointer of its place. */
export interface ScopeProblem {
  path: string;
  code: string;
  detail: string;
}

export type ScopeValidation = { ok: true; scope: ScopeDocument } | { ok: false; problems: ScopeProblem[] };

/** Far more than a scope needs, and far less than would exhaust the stack. */
const deepest = 20;
const forms = ['all', 'any', 'not', 'kind', 'attribute'] as const;
const tests = ['is', 'in', 'known'] as const;
const members: readonly string[] = Object.keys(scopeDocument.shape);

/** Reads a scope document, or lists every mistake in it at once, each with its JSON pointer. */
export function validateScope(document: unknown, model: Model): ScopeValidation {
  const tooLarge = sizeProblem(document);
  if (tooLarge) return { ok: false, problems: [tooLarge] };
  if (!isObject(document)) return { ok: false, problems: [problem('', 'not-an-object', 'A scope is a JSON object.')] };
  const problems = Object.entries(document).flatMap(([name, raw]) =>
    members.includes(name) ? predicateProblems(raw, `/${name}`, 1, model) : [unknownMember('', name)],
  );
  return problems.length > 0
    ? { ok: false, problems: problems.slice(0, most.problems) }
    : { ok: true, scope: scopeDocument.parse(document) };
}

function predicateProblems(raw: unknown, at: string, depth: number, model: Model): ScopeProblem[] {
  if (raw === 'everybody' || raw === 'nobody') return [];
  const given = isObject(raw) ? forms.filter((form) => Object.hasOwn(raw, form)) : [];
  const [form] = given;
  if (!isObject(raw) || !form || given.length > 1) {
    const detail = 'Write "everybody", "nobody", or an object with exactly one of all, any, not, kind and attribute.';
    return [problem(at, 'not-a-predicate', detail)];
  }
  if (form === 'kind') return shapeProblems(kindTest, raw, at);
  if (form === 'attribute') return testProblems(raw, at, model);
  const others = Object.keys(raw).filter((name) => name !== form);
  return [
    ...others.map((name) => unknownMember(at, name)),
    ...partProblems(raw[form], form, `${at}/${form}`, depth, model),
  ];
}

function partProblems(
  raw: unknown,
  form: 'all' | 'any' | 'not',
  at: string,
  depth: number,
  model: Model,
): ScopeProblem[] {
  if (depth === deepest) return [problem(at, 'too-deep', `Predicates stand in each other at most ${deepest} deep.`)];
  if (form === 'not') return predicateProblems(raw, at, depth + 1, model);
  if (!Array.isArray(raw) || raw.length === 0)
    return [problem(at, 'not-a-list', `${form} takes a list of at least one predicate.`)];
  if (raw.length > most.predicates)
    return [problem(at, 'too-many', `${form} takes at most ${most.predicates} predicates.`)];
  return raw.flatMap((one: unknown, index) => predicateProblems(one, `${at}/${index}`, depth + 1, model));
}

function testProblems(raw: Record<string, unknown>, at: string, model: Model): ScopeProblem[] {
  const [test, ...more] = tests.filter((each) => Object.hasOwn(raw, each));
  if (!test || more.length > 0)
    return [problem(at, 'not-a-test', 'An attribute is tested by exactly one of is, in and known.')];
  const problems = shapeProblems(attributeTests[test], raw, at);
  const id = raw['attribute'];
  if (typeof id !== 'string') return problems;
  if (!model.plainIds.includes(id)) return [...problems, unknownAttribute(id, `${at}/attribute`, model)];
  const { shape } = model.attributeOf(id);
  if (test === 'is') return [...problems, ...valueProblems(shape, raw['is'], `${at}/is`)];
  const values: readonly unknown[] = Array.isArray(raw['in']) ? raw['in'] : [];
  return [...problems, ...values.flatMap((value, index) => valueProblems(shape, value, `${at}/in/${index}`))];
}

function valueProblems(shape: Shape, value: unknown, at: string): ScopeProblem[] {
  if (value === null) return [problem(at, 'no-value', 'To ask for no value, write "known": false.')];
  const found = shape.problem(value as Json);
  return found ? [problem(at, found.code, found.detail)] : [];
}

function shapeProblems(schema: z.ZodType, raw: unknown, at: string): ScopeProblem[] {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownMember(at, name));
    const path = `${at}${issue.path.map((part) => `/${escapePointer(String(part))}`).join('')}`;
    return [problem(path, 'bad-form', `${issue.message}.`)];
  });
}

function unknownAttribute(id: string, path: string, { plainIds }: Model): ScopeProblem {
  return problem(path, 'unknown-attribute', `There is no attribute ${id}; there are ${plainIds.join(', ')}.`);
}

function unknownMember(at: string, name: string): ScopeProblem {
  return problem(`${at}/${escapePointer(name)}`, 'unknown-member', `There is no member "${name}" here.`);
}

function problem(path: string, code: string, detail: string): ScopeProblem {
  return { path, code, detail };
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return raw !== null && typeof raw === 'object' && !Array.isArray(raw);
}
