import type { Model } from '../customer/model/model.ts';
import type { Part } from '../customer/shapes/part.ts';
import type { EntryDocument, MemberDocument } from './document.ts';
import { wantedFlows } from './flows.ts';
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
export function entryProblems(entry: EntryDocument, at: string, model: Model): MappingProblem[] {
  if (!model.declares(entry.attribute) || model.listOf(entry.attribute)) {
    const detail = `There is no attribute ${entry.attribute}; there are ${model.plainIds.join(', ')}.`;
    return [{ path: `${at}/attribute`, code: 'unknown-attribute', detail }];
  }
  const { flow, parts, needs } = model.attributeOf(entry.attribute).shape;
  if (entry.path !== undefined && entry.members !== undefined) {
    return [{ path: at, code: 'path-and-members', detail: 'An attribute has either a path or members.' }];
  }
  if (entry.members === undefined) {
    if (entry.path === undefined) {
      return [{ path: at, code: 'no-path', detail: 'The attribute needs a path, or members with paths.' }];
    }
    if (flow === null) {
      return [{ path: at, code: 'needs-members', detail: 'An address or an amount is mapped by its members.' }];
    }
    return [
      ...pathProblems(entry.path, `${at}/path`),
      ...stepProblems(entry.steps, `${at}/steps`, flow === 'name' ? 'text' : flow, wantedFlows(flow)),
    ];
  }
  if (parts === null) {
    return [
      { path: `${at}/members`, code: 'no-members', detail: `${entry.attribute} is one value and has no members.` },
    ];
  }
  const known = Object.keys(parts);
  const problems = Object.entries(entry.members).flatMap(([member, document]) => {
    const part = parts[member];
    return part
      ? memberProblems(part, document, `${at}/members/${member}`)
      : [unknownMember(`${at}/members/${escapePointer(member)}`, member, known)];
  });
  const lacking = needs.filter((member) => !Object.hasOwn(entry.members ?? {}, member));
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

function memberProblems(part: Part, document: MemberDocument, at: string): MappingProblem[] {
  const { path, paths, constant, gaps, steps } = document;
  if ([path, paths, constant].filter((each) => each !== undefined).length !== 1) {
    return [{ path: at, code: 'one-source', detail: 'A member has exactly one of path, paths and constant.' }];
  }
  if (gaps && paths === undefined) {
    return [{ path: `${at}/gaps`, code: 'no-gaps', detail: 'Only lines in several paths can have gaps.' }];
  }
  if (constant !== undefined) {
    return constantProblems(part, constant, steps, at);
  }
  if (paths !== undefined) {
    if (part.flow !== 'lines') {
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
  const rest = part.flow;
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
