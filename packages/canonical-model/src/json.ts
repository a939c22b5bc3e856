/** A JSON value, as `JSON.parse` gives it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [member: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * The one text of a JSON value: object keys sorted by code unit, no white space, absent and undefined members left out.
 * Two values are the same fact exactly when their canonical texts are equal.
 */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  // Joined by hand: this is called for every field of every record, and lists in between would be most of its cost.
  let text = '';
  if (Array.isArray(value)) {
    for (const element of value) text += text === '' ? canonicalJson(element) : `,${canonicalJson(element)}`;
    return `[${text}]`;
  }
  const keys = Object.keys(value);
  if (!isSorted(keys)) keys.sort();
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Whether two values are the same fact: exactly when their canonical texts are equal, which nobody needs to write for it. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return (one ?? null) === (other ?? null);
  if (one === null || other === null) return false;
  if (!Array.isArray(one)) return !Array.isArray(other) && hasSameMembers(one, other);
  if (!Array.isArray(other) || one.length !== other.length) return false;
  return one.every((element, place) => isSameJson(element, other[place]));
}

function hasSameMembers(one: JsonObject, other: JsonObject): boolean {
  let open = 0;
  for (const name in one) {
    if (one[name] === undefined) continue;
    // A member may be called as what every object inherits.
    if (!Object.hasOwn(other, name) || other[name] === undefined || !isSameJson(one[name], other[name])) return false;
    open += 1;
  }
  for (const name in other) if (other[name] !== undefined) open -= 1;
  return open === 0;
}

/** Fields of one path and rows that were stored sorted need no sorting. */
function isSorted(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at += 1) if (keys[at - 1]! > keys[at]!) return false;
  return true;
}

/** Names of members come again with every record. Bounded, since a row's own members are named by whoever sends it. */
const quotedNames = new Map<string, string>();
const mostQuotedNames = 2_000;

function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (quotedNames.size < mostQuotedNames && name.length <= 100) quotedNames.set(name, text);
  return text;
}
