/** What a letter of several code units begins or goes on with: nearly no text has one where it is cut. */
const simple = (code: number) => code < 0x300;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** As much of a text as is looked at to tell where a letter begins; no letter is as long. */
const longestLetter = 64;

/**
 * The first letters of a text, of at most `length` code units together: neither an emoji nor a letter and its marks is cut in half. Empty
 * where not even the first letter has room.
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  if (simple(text.charCodeAt(length))) return text.slice(0, length);
  const from = wholeFrom(text, Math.max(0, length - longestLetter));
  const letter = graphemes.segment(text.slice(from, length + longestLetter)).containing(length - from)!;
  return text.slice(0, from + letter.index);
}

/** This place, or the one before where it is within a pair of code units. */
function wholeFrom(text: string, at: number): number {
  const isWithin = /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1));
  return isWithin ? Math.max(0, at - 1) : at;
}

/** What is left where a system cut within a letter: half a pair, or what its bytes were replaced by. */
const tornEnd = /[\uFFFD\p{Cs}]+$/u;

/** The text without what a cut within a letter left at its end; null where nothing is torn there. */
export function withoutTornEnd(text: string): string | null {
  const last = text.charCodeAt(text.length - 1);
  if (last !== 0xfffd && (last < 0xd800 || last > 0xdfff)) return null;
  const kept = text.replace(tornEnd, '');
  return kept.length < text.length ? kept : null;
}

/** Whether a system made the text of the whole one by cutting it within a letter. */
export function isTornFrom(text: string, whole: string): boolean {
  const kept = withoutTornEnd(text);
  // Only a letter of several units or bytes can be torn.
  return kept !== null && whole.startsWith(kept) && (whole.codePointAt(kept.length) ?? 0) > 0x7f;
}
