import { attributes, groupMembers } from '../customer/attributes.ts';
import { isGroupShape, neededMembers } from '../customer/canonical-value.ts';
import type { EntryDocument, MemberDocument } from './document.ts';
import { memberFlow, restFlow, wantedFlows } from './flows.ts';
import {
  constantProblems,
  escapePointer,
  lacksMember,
  pathProblems,
  stepProblems,
  unknownMember,
  type MappingProblem,
} from './problems.ts';

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
    if (shape === 'address' || shape === 'money') {
      return [{ path: at, code: 'needs-members', detail: 'An address or an amount is mapped by its members.' }];
    }
    const rest = restFlow[shape];
    return [
      ...pathProblems(entry.path, `${at}/path`),
      ...stepProblems(entry.steps, `${at}/steps`, rest === 'name' ? 'text' : rest, wantedFlows(rest)),
    ];
  }
  if (!isGroupShape(shape)) {
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
  const lacking = neededMembers(shape).filter((member) => !Object.hasOwn(entry.members ?? {}, member));
  problems.push(...lacking.map((member) => lacksMember(`${at}/members`, member)));
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

function memberProblems(member: string, document: MemberDocument, at: string): MappingProblem[] {
  const { path, paths, constant, gaps, steps } = document;
  if ([path, paths, constant].filter((each) => each !== undefined).length !== 1) {
    return [{ path: at, code: 'one-source', detail: 'A member has exactly one of path, paths and constant.' }];
  }
  if (gaps && paths === undefined) {
    return [{ path: `${at}/gaps`, code: 'no-gaps', detail: 'Only lines in several paths can have gaps.' }];
  }
  if (constant !== undefined) {
    return constantProblems(member, constant, steps, at);
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
  const rest = memberFlow(member);
  return [
    ...pathProblems(path as string, `${at}/path`),
    ...stepProblems(steps, `${at}/steps`, rest, wantedFlows(rest)),
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
