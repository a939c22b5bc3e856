/** A member that the meant list element has: `[primary=true]` compares with the boolean, `[no=7]` with the number. */
export interface Condition {
  member: string;
  value: string | number | boolean | string[] | null;
}

/** One step of a path: a member, and for a list the conditions of the element that is meant. */
export interface PathSegment {
  name: string;
  select: readonly Condition[] | null;
}

export type ParsedPath = readonly PathSegment[];
export type PathParse = { ok: true; path: ParsedPath } | { ok: false; detail: string };

// A path comes from documents and from the network; these names would reach the prototype of the row instead of the row.
const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);

const quoted = '"(?:[^"\\\\]|\\\\.)*"';
const nameSyntax = /[^.[\]=]+/y;
const memberSyntax = /([^.[\]=,"]+)=/y;
const jsonSyntax = new RegExp(`${quoted}|\\[(?:${quoted}(?:,${quoted})*)?\\]`, 'y');
// Without quotes a value ends at the bracket, or where a further condition begins.
const bareSyntax = /[^"[\]][^[\]]*?(?=\]|,[^.[\]=,"]+=)/y;

/**
 * Reads a native path: member names joined by dots, a list element selected by members of it: `addr1`, `person.given`,
 * `phones[primary=true].e164`, `products[sku="WASH-7",serial=null]`. Values in quotes, and lists of them, are JSON. Parse once, then
 * read and write with the result.
 */
export function parsePath(text: string): PathParse {
  const path = new Scanner(text).path();
  if (path === null) {
    return {
      ok: false,
      detail: `"${text}" is not a path. Write names joined by dots, such as phones[primary=true].e164.`,
    };
  }
  const names = path.flatMap(({ name, select }) => [name, ...(select ?? []).map(({ member }) => member)]);
  const refused = names.find((name) => refusedNames.has(name));
  if (refused !== undefined) return { ok: false, detail: `The name "${refused}" may not be used in a path.` };
  if (names.some((name) => name.trim() !== name)) {
    return { ok: false, detail: `A name in "${text}" has white space around it.` };
  }
  return { ok: true, path };
}

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  path(): ParsedPath | null {
    const path: PathSegment[] = [];
    do {
      const name = this.take(nameSyntax)?.[0];
      const select = this.takes('[') ? this.conditions() : null;
      if (name === undefined || select === undefined) return null;
      path.push({ name, select });
    } while (this.takes('.'));
    return this.at === this.text.length ? path : null;
  }

  private conditions(): Condition[] | undefined {
    const conditions: Condition[] = [];
    do {
      const member = this.take(memberSyntax)?.[1];
      const value = this.value();
      if (member === undefined || value === undefined) return undefined;
      conditions.push({ member, value });
    } while (this.takes(','));
    return this.takes(']') ? conditions : undefined;
  }

  private value(): Condition['value'] | undefined {
    const json = this.take(jsonSyntax)?.[0];
    if (json !== undefined) return jsonValue(json);
    const bare = this.take(bareSyntax)?.[0];
    return bare === undefined ? undefined : bareValue(bare);
  }

  private take(syntax: RegExp): RegExpExecArray | null {
    syntax.lastIndex = this.at;
    const found = syntax.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

function jsonValue(text: string): string | string[] | undefined {
  try {
    return JSON.parse(text) as string | string[];
  } catch {
    // Quoted as JSON does not quote.
    return undefined;
  }
}

function bareValue(text: string): string | number | boolean | null {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
}
