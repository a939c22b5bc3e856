import type { Part } from '../customer/shapes/part.ts';
import { isCenturyOpen } from './date-format.ts';
import type { StepDocument } from './document.ts';
import { parsePath } from './parse-path.ts';
import { isCodeOf } from './steps/codes.ts';
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
  boolean: 'true or false',
  lines: 'a list of lines',
  name: 'a name',
  date: 'a date',
  phone: 'a phone number',
  instant: 'an instant',
};

export function unknownMember(path: string, member: string, known: readonly string[]): MappingProblem {
  return { path, code: 'unknown-member', detail: `There is no member "${member}"; there are ${known.join(', ')}.` };
}

export function lacksMember(path: string, member: string): MappingProblem {
  return { path, code: 'lacks-member', detail: `The member "${member}" must be mapped here.` };
}

export function constantProblems(
  { flow }: Pick<Part, 'flow'>,
  constant: string,
  steps: readonly StepDocument[],
  at: string,
): MappingProblem[] {
  return [
    ...(flow === 'lines'
      ? [{ path: `${at}/constant`, code: 'constant-lines', detail: 'Lines cannot be constant.' }]
      : []),
    ...(steps.length > 0 ? [{ path: `${at}/steps`, code: 'unused-steps', detail: 'A constant has no steps.' }] : []),
    ...(constant.trim() === constant
      ? []
      : [{ path: `${at}/constant`, code: 'white-space', detail: 'A value has no white space around it.' }]),
  ];
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
    if (document.step === 'date' && isCenturyOpen(document.format) && document.latestYear === undefined) {
      problems.push({
        path: `${at}/${index}/format`,
        code: 'needs-century',
        detail: 'Two digits leave the century open: say with latestYear which is the latest year that they stand for.',
      });
    }
    if (document.step === 'codes') problems.push(...codeProblems(document, `${at}/${index}`));
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

function codeProblems({ native, table, writeAs = {} }: Extract<StepDocument, { step: 'codes' }>, at: string) {
  const strange = Object.keys(table).filter((code) => !isCodeOf(native, code));
  return [
    ...ambiguousCodes(table, writeAs, at, 'table'),
    ...strange.map((code) => ({
      path: `${at}/table/${escapePointer(code)}`,
      code: 'bad-code',
      detail: `${code} is not how a ${native} is written.`,
    })),
  ];
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
  // A meaning that no code has may be written as the code of another: the system does not tell the two apart.
  const unknown = Object.entries(writeAs).filter(([meaning, code]) =>
    codesOf.has(meaning) ? table[code as string] !== meaning : table[code as string] === undefined,
  );
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

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
