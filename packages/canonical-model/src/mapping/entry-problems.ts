import { attributes, groupMembers } from '../customer/attributes.ts';
import type { EntryDocument, MemberDocument, StepDocument } from './document.ts';
import { restFlow } from './entry-codec.ts';
import { parsePath } from './path.ts';
import { compileStep } from './steps/compile-step.ts';
import type { Flow } from './steps/step.ts';

/** One mistake in a mapping document; `path` is the JSON pointer of its place. */
export interface MappingProblem {
  path: string;
  code: string;
  detail: string;
}

/** What each flow is called in sentences. */
const flowWords: Record<Flow, string> = {
  text: 'text',
  number: 'a number',
  lines: 'a list of lines',
  name: 'a name',
  date: 'a date',
  phone: 'a phone number',
  instant: 'an instant',
};

/** What is wrong within one entry of `attributes`. */
export function entryProblems(entry: EntryDocument, at: string): MappingProblem[] {
  const { shape } = attributes[entry.attribute];
  if (entry.path !== undefined && entry.members !== undefined) {
    return [{ path: at, code: 'path-and-members', detail: 'An attribute has either a path or members.' }];
  }
  if (entry.members === undefined) {
    if (entry.path === undefined) {
      return [{ path: at, code: 'no-path', detail: 'The attribute needs a path, or members with paths.' }];
    }
    if (shape === 'address') {
      return [{ path: at, code: 'needs-members', detail: 'An address is mapped by its members.' }];
    }
    const rest = restFlow[shape];
    const wanted: Flow[] = rest === 'date' || rest === 'phone' ? [rest, 'text'] : [rest];
    return [
      ...pathProblems(entry.path, `${at}/path`),
      ...stepProblems(entry.steps, `${at}/steps`, rest === 'name' ? 'text' : rest, wanted),
    ];
  }
  if (shape !== 'name' && shape !== 'address') {
    return [
      { path: `${at}/members`, code: 'no-members', detail: `${entry.attribute} is one value and has no members.` },
    ];
  }
  const known: readonly string[] = groupMembers[shape];
  const problems = Object.entries(entry.members).flatMap(([member, document]) =>
    known.includes(member)
      ? memberProblems(member, document, `${at}/members/${member}`)
      : [unknownMember(`${at}/members/${escapePointer(member)}`, member, known)],
  );
  if (entry.steps.length > 0) {
    problems.push({
      path: `${at}/steps`,
      code: 'unused-steps',
      detail: 'Steps stand at the members, beside their paths.',
    });
  }
  if (Object.values(entry.members).every(({ path, paths }) => path === undefined && paths === undefined)) {
    problems.push({ path: `${at}/members`, code: 'no-path', detail: 'At least one member needs a path.' });
  }
  return problems;
}

function unknownMember(path: string, member: string, known: readonly string[]): MappingProblem {
  return { path, code: 'unknown-member', detail: `There is no member "${member}"; there are ${known.join(', ')}.` };
}

function memberProblems(member: string, document: MemberDocument, at: string): MappingProblem[] {
  const { path, paths, constant, gaps, steps } = document;
  if ([path, paths, constant].filter((each) => each !== undefined).length !== 1) {
    return [{ path: at, code: 'one-source', detail: 'A member has exactly one of path, paths and constant.' }];
  }
  if (gaps && paths === undefined) {
    return [{ path: `${at}/gaps`, code: 'no-gaps', detail: 'Only lines in several paths can have gaps.' }];
  }
  if (constant !== undefined) {
    return [
      ...(member === 'lines'
        ? [{ path: `${at}/constant`, code: 'constant-lines', detail: 'Lines cannot be constant.' }]
        : []),
      ...(steps.length > 0 ? [{ path: `${at}/steps`, code: 'unused-steps', detail: 'A constant has no steps.' }] : []),
      ...(constant.trim() === constant
        ? []
        : [{ path: `${at}/constant`, code: 'white-space', detail: 'A value has no white space around it.' }]),
    ];
  }
  if (paths !== undefined) {
    if (member !== 'lines') {
      return [{ path: `${at}/paths`, code: 'not-lines', detail: 'Only lines have several paths.' }];
    }
    return [
      ...paths.flatMap((line, index) =>
        typeof line === 'string'
          ? pathProblems(line, `${at}/paths/${index}`)
          : [
              ...pathProblems(line.number, `${at}/paths/${index}/number`),
              ...pathProblems(line.street, `${at}/paths/${index}/street`),
            ],
      ),
      ...stepProblems(steps, `${at}/steps`, 'text', ['text']),
    ];
  }
  const rest: Flow = member === 'lines' ? 'lines' : 'text';
  return [...pathProblems(path as string, `${at}/path`), ...stepProblems(steps, `${at}/steps`, rest, [rest])];
}

/** What is wrong with a path's form. */
export function pathProblems(path: string, at: string): MappingProblem[] {
  const parse = parsePath(path);
  return parse.ok ? [] : [{ path: at, code: 'bad-path', detail: parse.detail }];
}

/** Where a step gets what it does not take, or the last gives what the place does not take; and codes that cannot be written. */
export function stepProblems(
  steps: readonly StepDocument[],
  at: string,
  rest: Flow,
  wanted: readonly Flow[],
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  // The first step says what the native place holds.
  let flow: Flow | null = null;
  for (const [index, document] of steps.entries()) {
    const step = compileStep(document);
    if (flow !== null && step.takes !== flow) {
      problems.push({
        path: `${at}/${index}`,
        code: 'step-type',
        detail: `The step ${document.step} takes ${flowWords[step.takes]}, but ${flowWords[flow]} reaches it.`,
      });
    }
    if (document.step === 'codes') {
      problems.push(...ambiguousCodes(document.table, document.writeAs ?? {}, `${at}/${index}`, 'table'));
    }
    flow = step.gives;
  }
  const last = flow ?? rest;
  if (!wanted.includes(last)) {
    problems.push({
      path: at,
      code: 'step-type',
      detail: `${steps.length === 0 ? 'Without a step this is' : 'The steps give'} ${flowWords[last]}, but ${wanted.map((each) => flowWords[each]).join(' or ')} is needed here.`,
    });
  }
  return problems;
}

/** Where several codes mean the same, the document must say which one is written: the order of members says nothing in JSON. */
export function ambiguousCodes(
  table: Record<string, string>,
  writeAs: Partial<Record<string, string>>,
  at: string,
  tableName = 'codes',
): MappingProblem[] {
  const codesOf = new Map<string, string[]>();
  for (const [code, meaning] of Object.entries(table)) codesOf.set(meaning, [...(codesOf.get(meaning) ?? []), code]);
  const ambiguous = [...codesOf].filter(([meaning, codes]) => codes.length > 1 && writeAs[meaning] === undefined);
  const unknown = Object.entries(writeAs).filter(([meaning, code]) => table[code as string] !== meaning);
  return [
    ...ambiguous.map(([meaning, codes]) => ({
      path: `${at}/${tableName}`,
      code: 'ambiguous-code',
      detail: `The codes ${codes.join(', ')} all mean ${meaning}: name the one to write under writeAs.`,
    })),
    ...unknown.map(([meaning, code]) => ({
      path: `${at}/writeAs/${escapePointer(meaning)}`,
      code: 'unknown-code',
      detail: `The table does not read the code ${code} as ${meaning}.`,
    })),
  ];
}

/** All native paths of an entry with their pointers within it. */
export function entryPaths(entry: EntryDocument): { path: string; at: string }[] {
  if (entry.path !== undefined) return [{ path: entry.path, at: '/path' }];
  return Object.entries(entry.members ?? {}).flatMap(([member, document]) => {
    const at = `/members/${escapePointer(member)}`;
    if (document.path !== undefined) return [{ path: document.path, at: `${at}/path` }];
    return (document.paths ?? []).flatMap((line, index) =>
      typeof line === 'string'
        ? [{ path: line, at: `${at}/paths/${index}` }]
        : [
            { path: line.number, at: `${at}/paths/${index}/number` },
            { path: line.street, at: `${at}/paths/${index}/street` },
          ],
    );
  });
}

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
