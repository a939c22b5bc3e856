/** Nothing to take away from: most texts. */
const plain = /^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/;

/**
 * Marks that are accents: those of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic, which are mostly left out. The
 * vowel signs of Indic scripts and the voicing marks of kana are letters of their own: रीमा is not रूमा.
 */
const accents =
  /(?:[\u0300-\u036f]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff])+/g;

/** Text for comparing and searching: lower case, without accents, white space collapsed. */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(accents, '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
