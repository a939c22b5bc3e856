const letter = /\p{L}/u;
const wordPart = /[\p{L}\p{M}\p{N}]/u;
const apostrophe = /['’]/;

/**
 * Upper-case text as a person would write it: "O'BRIEN-SMITH" becomes "O'Brien-Smith", "ST. MARY'S" becomes "St. Mary's".
 * Letters are only lowered when raising them again gives the same letter, so upper(titleCase(x)) is x for every x in upper case.
 */
export function titleCase(text: string): string {
  return plainText.test(text) ? text.replace(plainWord, titlePlainWord) : titleAnyText(text);
}

// Most text is plain ASCII without apostrophes, where a word is simply what stands between other signs: ten times faster.
const plainText = /^[ -&(-~]*$/;
const plainWord = /[A-Za-z0-9]+/g;

function titlePlainWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function titleAnyText(text: string): string {
  const letters = Array.from(text);
  let titled = '';
  for (let at = 0; at < letters.length; at++) {
    const here = letters[at] as string;
    titled += letter.test(here) && !startsWord(letters, at) ? lowered(here) : raised(here);
  }
  return titled;
}

function startsWord(letters: readonly string[], at: number): boolean {
  const before = letters[at - 1];
  if (before === undefined) return true;
  if (wordPart.test(before)) return false;
  // The single letter after an apostrophe at a word's end is an ending ("Mary's"), not the start of a name ("O'Brien").
  const isEnding =
    apostrophe.test(before) &&
    at >= 2 &&
    wordPart.test(letters[at - 2] as string) &&
    !wordPart.test(letters[at + 1] ?? ' ');
  return !isEnding;
}

function lowered(here: string): string {
  const low = here.toLowerCase();
  return low.toUpperCase() === here ? low : here;
}

/** Text in capitals as far as lowering it again gives the same text. */
export function upperCase(text: string): string {
  return plainText.test(text) ? text.toUpperCase() : Array.from(text, raised).join('');
}

/** Raised only when it is one letter that lowers back, so that lower-case text in title case can be written as it was. */
function raised(here: string): string {
  const up = here.toUpperCase();
  return up.toLowerCase() === here ? up : here;
}
