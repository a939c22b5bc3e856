import type { Model } from '../customer/model/model.ts';
import type { Part } from '../customer/shapes/part.ts';
import type { ListDocument } from './document.ts';
import { wantedFlows } from './flows.ts';
import { parsePath } from './parse-path.ts';
import {
  constantProblems,
  escapePointer,
  lacksMember,
  pathProblems,
  stepProblems,
  unknownMember,
  type MappingProblem,
} from './problems.ts';
import { compileStep } from './steps/compile-step.ts';

type ItemMember = ListDocument['members'][string];

/** What is wrong within one entry of `lists`. */
export function listProblems(document: ListDocument, at: string, model: Model): MappingProblem[] {
  const list = model.listOf(document.list);
  if (!list) {
    const detail = `There is no such list; there are ${model.listIds.join(', ')}.`;
    return [{ path: `${at}/list`, code: 'unknown-list', detail }];
  }
  const { key } = list;
  const { parts, needs } = list.shape;
  const known = Object.keys(parts ?? {});
  return [
    ...listPathProblems(document.path, `${at}/path`),
    ...Object.keys(document.where).flatMap((name) => nameProblems(name, `${at}/where/${escapePointer(name)}`)),
    ...Object.entries(document.members).flatMap(([member, each]) => {
      const part = parts?.[member];
      return part
        ? memberProblems(part, each, key.includes(member), `${at}/members/${member}`)
        : [unknownMember(`${at}/members/${escapePointer(member)}`, member, known)];
    }),
    ...twiceProblems(document, at),
    ...needs
      .filter((member) => !Object.hasOwn(document.members, member))
      .map((member) => lacksMember(`${at}/members`, member)),
    ...(key.some((member) => document.members[member]?.path !== undefined)
      ? []
      : [
          { path: `${at}/members`, code: 'no-key', detail: `An item is known by ${key.join(', ')}: one needs a path.` },
        ]),
  ];
}

function listPathProblems(path: string, at: string): MappingProblem[] {
  const parse = parsePath(path);
  if (!parse.ok || parse.path.at(-1)?.select === null) return pathProblems(path, at);
  return [{ path: at, code: 'not-a-list', detail: 'The path must lead to the list, not to an element of it.' }];
}

function memberProblems(
  part: Part,
  { path, steps, constant }: ItemMember,
  isKey: boolean,
  at: string,
): MappingProblem[] {
  if ((path === undefined) === (constant === undefined)) {
    return [{ path: at, code: 'one-source', detail: 'A member has exactly one of path and constant.' }];
  }
  if (path === undefined) return constantProblems(part, constant as string, steps, at);
  const rest = part.flow;
  return [
    ...nameProblems(path, `${at}/path`),
    ...stepProblems(steps, `${at}/steps`, rest, wantedFlows(rest)),
    ...(isKey ? keyProblems(steps, `${at}/steps`) : []),
  ];
}

/** Two native keys that read alike would be one item, and it would be written back to neither or to both. */
function keyProblems(steps: ItemMember['steps'], at: string): MappingProblem[] {
  return steps.flatMap((document, index) =>
    compileStep(document).loses.onRead
      ? [{ path: `${at}/${index}`, code: 'lossy-key', detail: 'What an item is known by must be read without loss.' }]
      : [],
  );
}

function nameProblems(name: string, at: string): MappingProblem[] {
  const parse = parsePath(`list[${name}=0]`);
  if (parse.ok && parse.path[0]?.select?.[0]?.member === name) return [];
  return [
    {
      path: at,
      code: 'not-a-member',
      detail: parse.ok ? `"${name}" is not a member of the list element.` : parse.detail,
    },
  ];
}

/** A member of the list element is one thing only. */
function twiceProblems({ where, members }: ListDocument, at: string): MappingProblem[] {
  const seen = new Map(Object.keys(where).map((name) => [name, `${at}/where/${escapePointer(name)}`]));
  return Object.entries(members).flatMap(([member, { path }]) => {
    if (path === undefined) return [];
    const pointer = `${at}/members/${escapePointer(member)}/path`;
    const first = seen.get(path);
    seen.set(path, first ?? pointer);
    if (first === undefined) return [];
    return [{ path: pointer, code: 'path-twice', detail: `${path} is written by ${first} already.` }];
  });
}
