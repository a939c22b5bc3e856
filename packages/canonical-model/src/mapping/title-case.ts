const word = /[\p{L}\p{M}\p{N}]+/gu;
const endsInWord = /[\p{L}\p{M}\p{N}]['’]$/u;

/**
 * Upper-case text as a person would write it: "O'BRIEN-SMITH" becomes "O'Brien-Smith", "ST. MARY'S" becomes "St. Mary's".
 * Letters are only lowered when raising them again gives the same letter, so upper(titleCase(x)) is x for every x in upper case.
 */
export function titleCase(text: string): string {
  return text.replace(word, titleWord);
}

function titleWord(letters: string, at: number, text: string): string {
  const first = String.fromCodePoint(letters.codePointAt(0) as number);
  const rest = letters.slice(first.length);
  // The single letter after an apostrophe at a word's end is an ending ("Mary's"), not the start of a name ("O'Brien").
  if (rest === '' && at >= 2 && endsInWord.test(text.slice(at - 2, at))) return lowered(first);
  return raised(first) + loweredAll(rest);
}

function loweredAll(letters: string): string {
  const low = letters.toLowerCase();
  return low === letters || low.toUpperCase() === letters ? low : Array.from(letters, lowered).join('');
}

/** Text in capitals as far as lowering it again gives the same text. */
export function upperCase(text: string): string {
  return Array.from(text, raised).join('');
}

function lowered(letter: string): string {
  const low = letter.toLowerCase();
  return low.toUpperCase() === letter ? low : letter;
}

/** Raised only when it is one letter that lowers back, so that lower-case text in title case can be written as it was. */
function raised(letter: string): string {
  const up = letter.toUpperCase();
  return up.toLowerCase() === letter ? up : letter;
}
