import { parsePath, type ParsedPath } from './parse-path.ts';

/** Only for paths of a validated document: there a bad one is a fault of the program, not of the document. */
export function compilePath(text: string): ParsedPath {
  const parse = parsePath(text);
  if (!parse.ok) throw new Error(parse.detail);
  return parse.path;
}

/** The path of the list element that a path leads into (`phones[primary=true]` of `phones[primary=true].e164`), or null. */
export function elementPath(text: string): string | null {
  const parse = parsePath(text);
  if (!parse.ok) return null;
  const last = parse.path.findLastIndex((segment) => segment.select !== null);
  return last < 0 || last === parse.path.length - 1 ? null : text.slice(0, text.lastIndexOf(']') + 1);
}
