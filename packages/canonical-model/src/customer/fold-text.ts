/** Nothing to take away from: most texts. */
const plain = /^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/;

/** Text for comparing and searching: lower case, without diacritics, white space collapsed. */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
