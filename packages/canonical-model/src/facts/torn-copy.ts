import { isTornFrom } from '../customer/cut-text.ts';
import type { Json } from '../json.ts';

/** Half a pair stands in canonical text by its code. */
const mayBeTorn = /\uFFFD|\\ud[89ab]/i;

/**
 * Whether fields are what a system left of others by cutting some of their texts within a letter: it stores half an emoji, or what its
 * bytes were replaced by, and nobody wrote that. Both as canonical text.
 */
export function isTornCopy(native: string, whole: string): boolean {
  return mayBeTorn.test(native) && isTornPart(JSON.parse(native) as Json, JSON.parse(whole) as Json);
}

function isTornPart(part: Json | undefined, whole: Json | undefined): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && (part === whole || isTornFrom(part, whole));
  if (part === null || typeof part !== 'object') return part === whole;
  if (whole === null || typeof whole !== 'object' || Array.isArray(part) !== Array.isArray(whole)) return false;
  const [own, other] = [part, whole] as [Record<string, Json>, Record<string, Json>];
  const names = Object.keys(own);
  return names.length === Object.keys(other).length && names.every((name) => isTornPart(own[name], other[name]));
}
