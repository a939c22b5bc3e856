import type { TradeName } from './features.ts';
import { isOneEdit, likeness } from './similar.ts';

/** Place in the ladder of an organisation's names. */
export function tradeLevel(a: TradeName, b: TradeName): number {
  if (a.joined === b.joined) return 6;
  const common = commonStart(a.joined, b.joined);
  const shorter = Math.min(a.joined.length, b.joined.length);
  const isCut = shorter >= 12 && common >= shorter - 3;
  const [few, many] = a.words.length < b.words.length || (a.words.length === b.words.length && a.text < b.text) ? [a, b] : [b, a]; // prettier-ignore
  let shared = 0;
  const taken = new Set<number>();
  few.words.forEach((word, index) => {
    const [at, like] = likestOf(word, many.words, taken);
    if (at < 0) return;
    taken.add(at);
    shared += like * Math.min(few.telling[index]!, many.telling[at]!);
  });
  const [contained, alike] = [shared / Math.min(a.sum, b.sum), shared / (a.sum + b.sum - shared)];
  if (numbersOf(a) !== numbersOf(b)) return alike >= 0.33 ? 2 : alike >= 0.18 ? 1 : 0;
  if (alike >= 0.82 || isCut) return 5;
  if (contained >= 0.95 && few.sum >= 1) return 4;
  // Whoever is in one trade has its word in the name, and sister companies have their owner's.
  const isTradeAlone = taken.size < 2;
  if ((contained >= 0.65 || alike >= 0.45) && !isTradeAlone) return 3;
  if ((contained >= 0.4 || alike >= 0.3) && !isTradeAlone) return 2;
  return contained >= 0.2 ? 1 : 0;
}

/** A word that begins as another is its short form as often as not. */
const shortened = 0.6;

/** Which of the words that are not taken is likest to this one, and how like, 0 to 1; −1 where none is. */
function likestOf(word: string, words: readonly string[], taken: ReadonlySet<number>): [number, number] {
  const find = (isLike: (word: string, other: string) => boolean) =>
    words.findIndex((other, place) => !taken.has(place) && isLike(word, other));
  const same = find(isSameWord);
  if (same >= 0) return [same, 1];
  const begun = find(isBeginning);
  return [begun, begun < 0 ? 0 : shortened];
}

/** Of fewer letters two more make another name: Corvus and Corvuson, not development and developmental. */
const longWord = 8;

function isSameWord(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  return a === b || (shorter >= 4 && (isOneEdit(a, b) || (shorter >= longWord && likeness(a, b) >= 0.93)));
}

/** Dev and Acad, not Corvus. */
function isBeginning(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && short.length <= 5 && long.startsWith(short);
}

export function numbersOf({ words }: TradeName): string {
  return words.filter((word) => /^\d+$/.test(word)).join(' ');
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
