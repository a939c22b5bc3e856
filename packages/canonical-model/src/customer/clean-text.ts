/** Nothing to mend: most texts. */
const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Characters that show nothing and say nothing: soft hyphens, zero-width spaces and joiners of nothing, marks of direction, byte order
 * marks and control characters but for white space. Joiners between two letters of a script that needs them belong to the spelling.
 */
const invisible =
  /(?![\s\u0080-\u009f])\p{Cc}|\u034f|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;
const idleJoiner = /(?<![^\0-\u024f\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\0-\u024f\s])/g;

/**
 * A text as the hub keeps it: composed (NFC), without characters that nobody sees, without white space around it, each white space within it one
 * blank, or one line end where it ends a line. Empty where nothing is left.
 */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  const seen = text.replace(invisible, '').normalize('NFC').replace(idleJoiner, '').normalize('NFC');
  return seen.replace(/\s+/g, (blank) => (/[\n\u2028\u2029]/.test(blank) ? '\n' : ' ')).trim();
}
