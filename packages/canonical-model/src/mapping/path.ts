import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { nothingAsNull } from './nothing.ts';
import { parsePath, type Condition, type ParsedPath } from './parse-path.ts';

/** The value at the path; `null` where the row has none. Throws only when a path given as text is no path. */
export function readPath(data: Json, path: string | ParsedPath): Json {
  let here: Json = data;
  for (const { name, select } of parsed(path)) {
    if (!isJsonObject(here) || !Object.hasOwn(here, name)) return null;
    here = here[name] ?? null;
    if (select) here = (Array.isArray(here) ? here.find((element) => isSelected(element, select)) : null) ?? null;
  }
  return here;
}

/**
 * A copy of the row with the value at the path; the row itself is left as it is. Missing objects are made on the way, a
 * missing list element is appended with its selector's members set. An object at a path that ends in a selector is merged into the
 * element: members that it does not name stay, and further elements that the selector finds go, so that it finds one. `null` removes: the member, or, when the path ends in a selector, the element.
 * Throws when something is to be written through a value that is no object (or no list, where the path selects).
 */
export function writePath(data: Json, path: string | ParsedPath, value: Json): Json {
  return writeFrom(data, parsed(path), 0, value);
}

function writeFrom(holder: Json, path: ParsedPath, at: number, value: Json): Json {
  const segment = path[at];
  if (segment === undefined) return value;
  if (holder !== null && !isJsonObject(holder)) {
    // There is nothing in a plain value that could be removed.
    if (value === null) return holder;
    throw new Error(`There is no member "${segment.name}" in a plain value.`);
  }
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

type Select = readonly Condition[];

function writeElement(held: Json, name: string, select: Select, path: ParsedPath, at: number, value: Json): Json {
  if (held !== null && !Array.isArray(held)) {
    if (value === null) return held;
    throw new Error(`"${name}" is not a list.`);
  }
  const list = held ?? [];
  const isLast = at === path.length - 1;
  if (isLast && value === null) return held && list.filter((element) => !isSelected(element, select));
  const index = list.findIndex((element) => isSelected(element, select));
  const element = index < 0 ? null : (list[index] ?? null);
  const written = isLast ? merged(element, name, value) : writeFrom(element, path, at + 1, value);
  if (written === null) return held;
  if (index >= 0 && isLast) {
    const others = list.filter((other, place) => place <= index || !isSelected(other, select));
    return others.with(index, withSelected(written, select));
  }
  if (index >= 0) return list.with(index, written);
  return [...list, withSelected(written, select)];
}

function merged(element: Json, name: string, value: Json): Json {
  if (!isJsonObject(value)) throw new Error(`An element of "${name}" must be an object.`);
  const kept = Object.entries((element as JsonObject | null) ?? {}).filter(([member]) => !Object.hasOwn(value, member));
  return Object.fromEntries([...kept, ...Object.entries(value).filter(([, content]) => content !== null)]);
}

function withSelected(element: Json, select: Select): Json {
  const lacking = select.filter((condition) => !meets(element, condition));
  return { ...(element as JsonObject), ...Object.fromEntries(lacking.map(({ member, value }) => [member, value])) };
}

function isSelected(element: Json, select: Select): boolean {
  return isJsonObject(element) && select.every((condition) => meets(element, condition));
}

function meets(element: Json, { member, value }: Condition): boolean {
  const held = isJsonObject(element) && Object.hasOwn(element, member) ? nothingAsNull(element[member] ?? null) : null;
  return held === value || (typeof value === 'object' && canonicalJson(held) === canonicalJson(value));
}

function parsed(path: string | ParsedPath): ParsedPath {
  if (typeof path !== 'string') return path;
  const result = parsePath(path);
  if (!result.ok) throw new Error(result.detail);
  return result.path;
}
