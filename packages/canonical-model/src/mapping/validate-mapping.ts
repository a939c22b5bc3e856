import type { z } from 'zod';
import { customerKinds } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { sizeProblem } from '../document-size.ts';
import { canonicalJson } from '../json.ts';
import { most } from '../limits.ts';
import { elementPath } from './compile-path.ts';
import {
  forms,
  publishedForms,
  type EntryDocument,
  type FieldDocument,
  type Forms,
  type KindDocument,
  type ListDocument,
  type MappingDocument,
} from './document.ts';
import { asChecked, crosswalkProblems } from './crosswalks.ts';
import { entryPaths, entryProblems } from './entry-problems.ts';
import { listProblems } from './list-problems.ts';
import { ambiguousCodes, escapePointer, pathProblems, stepProblems, type MappingProblem } from './problems.ts';
import type { Flow } from './steps/step.ts';

export type MappingValidation = { ok: true; mapping: MappingDocument } | { ok: false; problems: MappingProblem[] };

/** Reads a mapping document, or lists every mistake in it at once, each with its JSON pointer. */
export function validateMapping(document: unknown, model: Model): MappingValidation {
  const tooLarge = sizeProblem(document);
  if (tooLarge) return { ok: false, problems: [tooLarge] };
  return checkedBy(forms, document, model);
}

/** Reads a document that was published. Bounds hold for what is checked and published: one from before them goes on as it is. */
export function readPublishedMapping(document: unknown, model: Model): MappingValidation {
  return checkedBy(publishedForms, document, model);
}

function checkedBy(by: Forms, document: unknown, model: Model): MappingValidation {
  const parsed = by.mappingDocument.safeParse(document);
  if (!parsed.success && (document === null || typeof document !== 'object' || Array.isArray(document))) {
    return {
      ok: false,
      problems: [{ path: '', code: 'not-an-object', detail: 'A mapping document is a JSON object.' }],
    };
  }
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeProblems(issue, document));
  // Each part that has its form is checked further, whatever is wrong elsewhere.
  const raw = document as Record<string, unknown>;
  problems.push(...crosswalkProblems(by, raw, model), ...meaningProblems(by, asChecked(by, raw, model), model));
  if (parsed.success && problems.length === 0) return { ok: true, mapping: parsed.data };
  return { ok: false, problems: problems.slice(0, most.problems) };
}

function meaningProblems(by: Forms, document: Record<string, unknown>, model: Model): MappingProblem[] {
  const key = by.fieldDocument.safeParse(document['key']);
  const version = by.fieldDocument.safeParse(document['version']);
  const changedAt = by.fieldDocument.safeParse(document['changedAt']);
  const kind = by.kindDocument.safeParse(document['kind']);
  const entries = placed(document, 'attributes', by.entryDocument, by.mostEntries);
  const lists = placed(document, 'lists', by.listDocument, by.mostEntries);
  return [
    ...(key.success ? fieldProblems(key.data, '/key', 'text', ['text']) : []),
    ...(version.success ? fieldProblems(version.data, '/version', 'number', ['number', 'instant']) : []),
    ...(changedAt.success ? fieldProblems(changedAt.data, '/changedAt', 'number', ['instant']) : []),
    ...(kind.success ? kindProblems(kind.data) : []),
    ...entries.flatMap(({ at, entry }) => entryProblems(entry, at, model)),
    ...twiceProblems(entries),
    ...newElementProblems(document['newElements'], entries),
    ...lists.flatMap(({ at, entry }) => listProblems(entry, at, model)),
    ...listTwiceProblems(lists),
  ];
}

interface Placed<Entry> {
  at: string;
  entry: Entry;
}

/** The entries of a list that have their form. */
function placed<Entry>(
  document: Record<string, unknown>,
  name: string,
  schema: z.ZodType<Entry>,
  mostEntries: number,
): Placed<Entry>[] {
  const listed = document[name];
  return (Array.isArray(listed) ? listed.slice(0, mostEntries) : []).flatMap((raw, index) => {
    const entry = schema.safeParse(raw);
    return entry.success ? [{ at: `/${name}/${index}`, entry: entry.data }] : [];
  });
}

function fieldProblems(field: FieldDocument, at: string, rest: Flow, wanted: readonly Flow[]): MappingProblem[] {
  return [...pathProblems(field.path, `${at}/path`), ...stepProblems(field.steps, `${at}/steps`, rest, wanted)];
}

function kindProblems(kind: KindDocument): MappingProblem[] {
  if ('constant' in kind) return [];
  if ('present' in kind) {
    return Object.entries(kind.present).flatMap(([name, path]) => pathProblems(path, `/kind/present/${name}`));
  }
  return [...pathProblems(kind.path, '/kind/path'), ...ambiguousCodes(kind.codes, kind.writeAs ?? {}, '/kind')];
}

/** For one kind of customer, an attribute has one entry and a native place belongs to one attribute. */
function twiceProblems(entries: readonly Placed<EntryDocument>[]): MappingProblem[] {
  const problems = new Map<string, MappingProblem>();
  for (const kind of customerKinds) {
    const attributesSeen = new Map<string, string>();
    const pathsSeen = new Map<string, string>();
    for (const { at, entry } of entries.filter((each) => each.entry.kinds.includes(kind))) {
      const first = attributesSeen.get(entry.attribute);
      if (first !== undefined) {
        problems.set(`${at} attribute`, {
          path: `${at}/attribute`,
          code: 'attribute-twice',
          detail: `${entry.attribute} is mapped at ${first} already. Name different kinds, or keep one of them.`,
        });
      }
      attributesSeen.set(entry.attribute, first ?? at);
      for (const place of entryPaths(entry)) {
        const pointer = at + place.at;
        const written = pathsSeen.get(place.path);
        if (written !== undefined) {
          problems.set(pointer, {
            path: pointer,
            code: 'path-twice',
            detail: `${place.path} is written by ${written} already.`,
          });
        }
        pathsSeen.set(place.path, written ?? pointer);
      }
    }
  }
  return [...problems.values()];
}

/** A list has one place, and the elements of a place are items of one list. */
function listTwiceProblems(lists: readonly Placed<ListDocument>[]): MappingProblem[] {
  const listsSeen = new Map<string, string>();
  const placesSeen = new Map<string, string>();
  return lists.flatMap(({ at, entry: { list, path, where } }) => {
    const place = canonicalJson({ path, where });
    const [first, written] = [listsSeen.get(list), placesSeen.get(place)];
    listsSeen.set(list, first ?? at);
    placesSeen.set(place, written ?? at);
    return [
      ...(first === undefined
        ? []
        : [{ path: `${at}/list`, code: 'list-twice', detail: `${list} is mapped at ${first} already.` }]),
      ...(written === undefined
        ? []
        : [{ path: `${at}/path`, code: 'path-twice', detail: `${path} is mapped by ${written} already.` }]),
    ];
  });
}

function newElementProblems(newElements: unknown, entries: readonly Placed<EntryDocument>[]): MappingProblem[] {
  if (newElements === null || typeof newElements !== 'object') return [];
  const elements = new Set(entries.flatMap(({ entry }) => entryPaths(entry)).map(({ path }) => elementPath(path)));
  return Object.keys(newElements)
    .filter((path) => !elements.has(path))
    .map((path) => ({
      path: `/newElements/${escapePointer(path)}`,
      code: 'unused-element',
      detail: `No attribute is mapped to a member of ${path}.`,
    }));
}

/** Mistakes of form, with codes of their own where the cause is plain. */
function shapeProblems(issue: z.core.$ZodIssue, document: unknown): MappingProblem[] {
  const path = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: `${path}/${escapePointer(key)}`,
      code: 'unknown-member',
      detail: `There is no member "${key}" here.`,
    }));
  }
  const last = issue.path.at(-1);
  if (isMissing(document, issue.path)) {
    return [{ path, code: 'missing', detail: `"${String(last)}" must be given here.` }];
  }
  if (last === 'step' && issue.code === 'invalid_union') {
    return [{ path, code: 'unknown-step', detail: 'There is no such step. docs/mapping.md lists them all.' }];
  }
  if (path === '/kind' && issue.code === 'invalid_union') {
    return [
      {
        path,
        code: 'bad-kind',
        detail: 'The kind is read from a path with codes, from what is present, or is constant.',
      },
    ];
  }
  return [{ path, code: 'bad-form', detail: `${issue.message}.` }];
}

function isMissing(document: unknown, path: readonly PropertyKey[]): boolean {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((here, part) => (here as Record<PropertyKey, unknown>)[part], document);
  return path.length > 0 && (holder as Record<PropertyKey, unknown>)[path.at(-1) as PropertyKey] === undefined;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escapePointer(String(part))}`).join('');
}
