import type { Json } from '../json.ts';
import { attributes, type AttributeId, type AttributeShape, type Value } from './attributes.ts';
import { foldText } from './fold-text.ts';

// A shortened phone number, date or identifier is another one, not a vaguer one.
const exactShapes: ReadonlySet<AttributeShape> = new Set(['date', 'e164', 'identifier']);

/**
 * The declared order of an attribute's values: `a` says the same as `b` with less detail. A cut text is below the whole, an
 * initial below the name, a missing member or line below any; case, diacritics and white space carry no weight, so a value
 * read back from capitals is below the original whatever its case. Two values that differ only in these are below each other.
 */
export function isLessSpecific(attribute: AttributeId, a: Value, b: Value): boolean {
  if (exactShapes.has(attributes[attribute].shape)) return false;
  return isBelow(a, b) && !isSame(a, b);
}

function isBelow(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || a === null) return true;
  if (b === undefined || b === null) return false;
  if (typeof a === 'string') return typeof b === 'string' && folded(b).startsWith(folded(a));
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length <= b.length && a.every((element, at) => isBelow(element, b[at]));
  }
  if (typeof a === 'object') {
    if (typeof b !== 'object' || Array.isArray(b)) return false;
    return Object.entries(a).every(([member, value]) => isBelow(value, b[member]));
  }
  return a === b;
}

// Raised first: a system in capitals keeps "Straße" as "STRASSE".
function folded(text: string): string {
  return foldText(text.toUpperCase());
}

/** Equal but for members that are missing in one and null in the other. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((member) => isSame(a[member], b[member]));
}
