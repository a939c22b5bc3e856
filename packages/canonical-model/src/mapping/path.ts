import type { Json } from '../json.ts';

type JsonObject = { [key: string]: Json };

/** The list element whose `member` equals `value`; `[primary=true]` compares with the boolean, `[no=7]` with the number. */
export interface Selector {
  member: string;
  value: string | number | boolean;
}

/** One step of a path: a member, and for a list the element that is meant. */
export interface PathSegment {
  name: string;
  select: Selector | null;
}

export type ParsedPath = readonly PathSegment[];
export type PathParse = { ok: true; path: ParsedPath } | { ok: false; detail: string };

// A path comes from documents and from the network; these names would reach the prototype of the row instead of the row.
const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);
const segmentSyntax = /^([^.[\]=]+)(?:\[([^.[\]=]+)=([^[\]]+)\])?$/;
// A dot inside a selector's value (`[sku=A.1]`) does not end the segment.
const segmentBoundary = /\.(?![^[]*\])/;

/**
 * Reads a native path: member names joined by dots, a list element selected by one of its members:
 * `addr1`, `person.given`, `phones[primary=true].e164`. Parse once, then read and write with the result.
 */
export function parsePath(text: string): PathParse {
  const path: PathSegment[] = [];
  for (const part of text.split(segmentBoundary)) {
    const found = segmentSyntax.exec(part);
    if (!found) {
      return {
        ok: false,
        detail: `"${text}" is not a path. Write names joined by dots, such as phones[primary=true].e164.`,
      };
    }
    const [, name = '', member, value] = found;
    const refused = [name, member].find((each) => each !== undefined && refusedNames.has(each));
    if (refused !== undefined) return { ok: false, detail: `The name "${refused}" may not be used in a path.` };
    if (name.trim() !== name) return { ok: false, detail: `A name in "${text}" has white space around it.` };
    path.push({
      name,
      select: member === undefined || value === undefined ? null : { member, value: selectorValue(value) },
    });
  }
  return { ok: true, path };
}

/** The value at the path; `null` where the row has none. Throws only when a path given as text is no path. */
export function readPath(data: Json, path: string | ParsedPath): Json {
  let here: Json = data;
  for (const { name, select } of parsed(path)) {
    if (!isObject(here) || !Object.hasOwn(here, name)) return null;
    here = here[name] ?? null;
    if (select) here = (Array.isArray(here) ? here.find((element) => isSelected(element, select)) : null) ?? null;
  }
  return here;
}

/**
 * A copy of the row with the value at the path; the row itself is left as it is. Missing objects are made on the way, a
 * missing list element is appended with its selector's member set. `null` removes: the member, or, when the path ends in a
 * selector, the element. Throws when the path leads through a value that is no object (or no list, where it selects).
 */
export function writePath(data: Json, path: string | ParsedPath, value: Json): Json {
  return writeFrom(data, parsed(path), 0, value);
}

function writeFrom(holder: Json, path: ParsedPath, at: number, value: Json): Json {
  const segment = path[at];
  if (segment === undefined) return value;
  if (holder !== null && !isObject(holder)) throw new Error(`There is no member "${segment.name}" in a plain value.`);
  const held: Json = holder !== null && Object.hasOwn(holder, segment.name) ? (holder[segment.name] ?? null) : null;
  const next = segment.select
    ? writeElement(held, segment.name, segment.select, path, at, value)
    : writeFrom(held, path, at + 1, value);
  if (next === null) {
    // Emptying what is not there must not leave empty objects behind.
    if (holder === null) return null;
    const { [segment.name]: _removed, ...rest } = holder;
    return rest;
  }
  return { ...holder, [segment.name]: next };
}

function writeElement(held: Json, name: string, select: Selector, path: ParsedPath, at: number, value: Json): Json {
  if (held !== null && !Array.isArray(held)) throw new Error(`"${name}" is not a list.`);
  const list = held ?? [];
  const isLast = at === path.length - 1;
  if (isLast && value === null) return held && list.filter((element) => !isSelected(element, select));
  if (isLast && !isObject(value)) throw new Error(`An element of "${name}" must be an object.`);
  const index = list.findIndex((element) => isSelected(element, select));
  const element = index < 0 ? null : (list[index] ?? null);
  const written = writeFrom(element, path, at + 1, value);
  if (written === null) return held;
  if (index >= 0) return list.with(index, isLast ? withSelected(written, select) : written);
  return [...list, withSelected(written, select)];
}

function withSelected(element: Json, select: Selector): Json {
  return { ...(element as JsonObject), [select.member]: select.value };
}

function isSelected(element: Json, { member, value }: Selector): boolean {
  return isObject(element) && Object.hasOwn(element, member) && element[member] === value;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function selectorValue(text: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
}

function parsed(path: string | ParsedPath): ParsedPath {
  if (typeof path !== 'string') return path;
  const result = parsePath(path);
  if (!result.ok) throw new Error(result.detail);
  return result.path;
}
