import { canonicalJson, isJsonObject, type Json } from '@cinch/canonical-model';

export interface JsonDifference {
  /** A JSON pointer. */
  path: string;
  from?: Json;
  to?: Json;
}

/** The places where two documents differ: members one by one, a list that differs in its length as a whole. */
export function jsonDifferences(from: Json | undefined, to: Json | undefined, path = ''): JsonDifference[] {
  if (from === undefined || to === undefined) {
    if (from === to) return [];
    return [{ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  }
  if (canonicalJson(from) === canonicalJson(to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((member, index) => jsonDifferences(member, to[index], `${path}/${index}`));
  }
  if (isJsonObject(from) && isJsonObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return names.flatMap((name) => jsonDifferences(from[name], to[name], `${path}/${escaped(name)}`));
  }
  return [{ path, from, to }];
}

/** As RFC 6901 has it. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
