import type { Json } from '../json.ts';
import { titleCase } from '../mapping/title-case.ts';
import type { Value } from './attributes.ts';
import { withoutTornEnd } from './cut-text.ts';
import { foldText } from './fold-text.ts';
import type { Shape } from './shapes/shape.ts';

/**
 * The declared order of an attribute's values: `a` says the same as `b` with less detail. A cut text is below the whole, an
 * initial below the name, a missing member or line below any. Where all texts are equal but for case and diacritics, the one
 * that keeps less of these is below: capitals, then a capital at each word's start, then any other. A strict partial order:
 * no two values are below each other.
 */
export function isLessSpecific({ isVaguerWhenCut }: Shape, a: Value, b: Value): boolean {
  if (!isVaguerWhenCut || !isWithin(a, b)) return false;
  return !isWithin(b, a) || spellingDetail(a) < spellingDetail(b);
}

function isWithin(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || a === null) return true;
  if (b === undefined || b === null) return false;
  if (typeof a === 'string') return typeof b === 'string' && folded(b).startsWith(folded(withoutTornEnd(a) ?? a));
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length <= b.length && a.every((element, at) => isWithin(element, b[at]));
  }
  if (typeof a === 'object') {
    if (typeof b !== 'object' || Array.isArray(b)) return false;
    return Object.entries(a).every(([member, value]) => isWithin(value, b[member]));
  }
  return a === b;
}

// Raised first: a system in capitals keeps "Straße" as "STRASSE".
function folded(text: string): string {
  return foldText(text.toUpperCase());
}

/** How much the texts say by their case and diacritics; compared only between values of equal folded texts. */
function spellingDetail(value: Json | undefined): number {
  if (typeof value === 'string') return caseDetail(value) + [...value.normalize('NFD').matchAll(/\p{M}/gu)].length;
  if (value === null || typeof value !== 'object') return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + spellingDetail(part), 0);
}

function caseDetail(text: string): number {
  if (text === text.toUpperCase() || text === text.toLowerCase()) return 0;
  return text === titleCase(text.toUpperCase()) ? 1 : 2;
}
