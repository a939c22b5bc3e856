import type { Model } from '../customer/model/model.ts';
import type { Parts } from '../customer/shapes/shape.ts';
import type { Json } from '../json.ts';
import type { Conventions } from './conventions.ts';
import type { Place } from './chain.ts';
import type { EntryDocument, MemberDocument } from './document.ts';
import { compileField, type Codec } from './field-codec.ts';
import { compileLines } from './lines-codec.ts';
import { silence } from './nothing.ts';
import { Failure } from './steps/step.ts';

const nothingToSay = new Failure('nothing-to-say', 'The system has no place for any part of this value.');

export function compileEntry(entry: EntryDocument, model: Model, conventions: Conventions): Codec {
  const { shape } = model.attributeOf(entry.attribute);
  const codec = entry.members
    ? compileGroup(entry.members, shape.parts ?? {}, conventions)
    : compileField(entry.path as string, entry.steps, { flow: shape.flow!, standard: shape.standard }, conventions);
  return {
    ...codec,
    read: (source, fields, unreadable) => {
      const value = codec.read(source, fields, unreadable);
      if (value === null || value === undefined || value === silence) return value;
      const problem = shape.problem(value);
      if (problem === null) return value;
      unreadable.push({ path: codec.paths[0] as string, ...problem });
      return undefined;
    },
    write: (value, fields) => {
      if (value === null) {
        for (const path of codec.paths) fields[path] = null;
        return null;
      }
      const failure = codec.write(value, fields);
      if (failure) return failure;
      // Writing nothing for something would empty the attribute in the system.
      return codec.paths.some((path) => fields[path] !== null) ? null : nothingToSay;
    },
  };
}

function compileGroup(documents: Record<string, MemberDocument>, parts: Parts, conventions: Conventions): Codec {
  const members = Object.entries(documents)
    .filter(([, document]) => document.constant === undefined)
    .map(([member, document]) => ({ member, codec: compileMember(document, parts[member]!, conventions) }));
  const constants = Object.entries(documents).flatMap(([member, { constant }]) =>
    constant === undefined ? [] : [{ member, constant: standardConstant(constant, parts[member]!, conventions) }],
  );
  return {
    paths: members.flatMap(({ codec }) => codec.paths),
    // Members that the system has no place for are dropped on writing, so a group is always held to lose some.
    loses: { onRead: members.flatMap(({ codec }) => codec.loses.onRead), onWrite: true },
    read: (source, fields, unreadable) => {
      const group: Record<string, Json> = {};
      let isReadable = true;
      let isEmpty = true;
      let isSilent = false;
      for (const { member, codec } of members) {
        const value = codec.read(source, fields, unreadable);
        if (value === undefined) isReadable = false;
        else if (value === silence) isSilent = true;
        else if (value !== null) {
          group[member] = value;
          isEmpty = false;
        }
      }
      if (!isReadable) return undefined;
      if (isEmpty) return isSilent ? silence : null;
      for (const { member, constant } of constants) group[member] = constant;
      return group;
    },
    silentPaths: (fields) => members.flatMap(({ codec }) => codec.silentPaths(fields)),
    isSpelledAlike: (path, one, other) =>
      members.some(({ codec }) => codec.paths.includes(path) && codec.isSpelledAlike(path, one, other)),
    write: (value, fields) => {
      const group = value as Record<string, Json>;
      for (const { member, constant } of constants) {
        if (group[member] !== undefined && group[member] !== constant) {
          return notTheConstant(member, constant);
        }
      }
      for (const { member, codec } of members) {
        const failure = codec.write(group[member] ?? null, fields);
        if (failure) return failure;
      }
      return null;
    },
  };
}

function compileMember({ path, paths, gaps, steps }: MemberDocument, place: Place, conventions: Conventions): Codec {
  return paths
    ? compileLines(paths, steps, gaps, conventions)
    : compileField(path as string, steps, place, conventions);
}

/** A system that always means the United States means US. */
function standardConstant(constant: string, { standard }: Place, { country }: Conventions): string {
  const standardised = standard ? standard(constant, () => country) : constant;
  return typeof standardised === 'string' ? standardised : constant;
}

export function notTheConstant(member: string, constant: string): Failure {
  return new Failure('not-the-constant', `In this system the member "${member}" is always ${constant}.`);
}
