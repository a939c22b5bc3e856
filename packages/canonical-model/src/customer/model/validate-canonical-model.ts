import type { z } from 'zod';
import { sizeProblem } from '../../document-size.ts';
import { most } from '../../limits.ts';
import {
  attributeDocument,
  codeSetDocument,
  canonicalModelDocument,
  listDocument,
  type AttributeDocument,
  type CanonicalModel,
  type ItemListDocument,
} from './canonical-model.ts';
import { shippedCodeSetIds } from '../code-sets/shipped-code-sets.ts';
import { codeSetProblems } from './code-set-problems.ts';
import { attributeProblems, listProblems } from './entry-problems.ts';
import { keptProblems } from './kept-problems.ts';
import { problem, type ModelProblem } from './model-problem.ts';

export type ModelValidation = { ok: true; model: CanonicalModel } | { ok: false; problems: ModelProblem[] };

/** An entry that has its form, with the JSON pointer of its place. */
export interface Placed<Entry> {
  at: string;
  entry: Entry;
}

/**
 * Reads a document of the canonical model, or lists every mistake in it at once, each with its JSON pointer.
 * @param before the version in force: what it declares may be retired, and neither taken out nor made into something else
 */
export function validateCanonicalModel(document: unknown, before: CanonicalModel): ModelValidation {
  const tooLarge = sizeProblem(document);
  if (tooLarge) return { ok: false, problems: [tooLarge] };
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    return { ok: false, problems: [problem('', 'not-an-object', 'A canonical model is a JSON object.')] };
  }
  const parsed = canonicalModelDocument.safeParse(document);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => formProblems(issue, document));
  // Each entry that has its form is checked further, whatever is wrong elsewhere.
  const raw = document as Record<string, unknown>;
  const attributes = placed(raw, 'attributes', attributeDocument);
  const lists = placed(raw, 'lists', listDocument);
  const codeSets = placed(raw, 'codeSets', codeSetDocument);
  const sets = new Set([...shippedCodeSetIds, ...codeSets.map(({ entry }) => entry.id)]);
  problems.push(
    ...attributes.flatMap((one) => attributeProblems(one, sets)),
    ...lists.flatMap((one) => listProblems(one, sets)),
    ...codeSetProblems(codeSets, parsed.success, before),
    ...twiceProblems([...attributes, ...lists]),
    ...onlyOneProblems(attributes),
    // What an entry without its form would declare is not known: it is not said to be missing.
    ...keptProblems({ attributes, lists, isWhole: parsed.success }, before),
  );
  if (parsed.success && problems.length === 0) return { ok: true, model: parsed.data };
  return { ok: false, problems: problems.slice(0, most.problems) };
}

function placed<Entry>(document: Record<string, unknown>, name: string, schema: z.ZodType<Entry>): Placed<Entry>[] {
  const listed = document[name];
  return (Array.isArray(listed) ? listed.slice(0, most.attributes) : []).flatMap((one, index) => {
    const entry = schema.safeParse(one);
    return entry.success ? [{ at: `/${name}/${index}`, entry: entry.data }] : [];
  });
}

function twiceProblems(all: readonly Placed<AttributeDocument | ItemListDocument>[]): ModelProblem[] {
  const ids = new Map<string, string>();
  const numbers = new Map<number, string>();
  return all.flatMap(({ at, entry: { id, number } }) => {
    const [named, numbered] = [ids.get(id), numbers.get(number)];
    ids.set(id, named ?? at);
    numbers.set(number, numbered ?? at);
    return [
      ...(named === undefined ? [] : [problem(`${at}/id`, 'id-twice', `${id} is declared at ${named} already.`)]),
      ...(numbered === undefined
        ? []
        : [problem(`${at}/number`, 'number-twice', `The number ${number} is that of ${numbered} already.`)]),
    ];
  });
}

/** The life of a customer has one course. What matching does not tell apart yet may be there once. */
function onlyOneProblems(attributes: readonly Placed<AttributeDocument>[]): ModelProblem[] {
  const further = (is: (entry: AttributeDocument) => boolean) =>
    attributes.filter(({ entry }) => !entry.retired && is(entry)).slice(1);
  return [
    ...further(({ shape }) => shape === 'phase').map(({ at }) =>
      problem(
        `${at}/shape`,
        'phase-twice',
        'A customer has one lifecycle: retire the other attribute of phases first.',
      ),
    ),
    ...further(({ matching }) => matching === 'date').map(({ at }) =>
      problem(
        `${at}/matching`,
        'date-twice',
        'Matching compares one date of a customer: leave this out, or let the other one tell it nothing.',
      ),
    ),
  ];
}

/** Mistakes of form, with codes of their own where the cause is plain. */
function formProblems(issue: z.core.$ZodIssue, document: object): ModelProblem[] {
  const path = issue.path.map((part) => `/${String(part)}`).join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem(`${path}/${key}`, 'unknown-member', `There is no member "${key}" here.`));
  const value = issue.path.reduce<unknown>((here, part) => (here as Record<PropertyKey, unknown>)[part], document);
  if (value === undefined) return [problem(path, 'missing', `"${String(issue.path.at(-1))}" must be given here.`)];
  return [problem(path, 'bad-form', `${issue.message}.`)];
}
