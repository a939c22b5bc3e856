import type { Features, PersonName, TradeName } from './features.ts';
import { alike, alikeness, nameWord, type NameWord } from './name-word.ts';
import { edits, likeness } from './similar.ts';

/** From here on, of 1, names go for one. */
const enough = 0.6;

/** What a word that goes with another so is worth. */
const worth = [0, 0.62, 0.8, 0.75, 0.9, 0.86, 1];

/** Words between names that are left out as often as not. */
const between = new Set('al el bin ibn ben de la van von der den da do dos di ul abd abu bint y e del le'.split(' '));

/** Words that say what kind of organisation it is, and tell nobody. */
const kinds = new Set(
  'bank group holding holdings international services trading industries industry systems technologies university ministry government department national trust global'.split(
    ' ',
  ),
);

/** Whether the names alone could be one person's: any word may stand anywhere, and the worst pair of words decides. */
export function arePersonsAlike(a: Features, b: Features): boolean {
  return a.names.some((one) => b.names.some((other) => namesAlike(one, other) >= enough));
}

export function areTradesAlike(a: Features, b: Features): boolean {
  return a.trades.some((one) => b.trades.some((other) => tradesAlike(one, other) >= enough));
}

function namesAlike(a: PersonName, b: PersonName): number {
  if (a.suffix !== '' && b.suffix !== '' && a.suffix !== b.suffix) return 0.3;
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const [x, y] = [one, other].map((words) => words.map(({ text }) => text).join('')) as [string, string];
  if (x === y) return 1;
  if (one.length !== other.length && Math.min(x.length, y.length) > 5 && edits(x, y, 1) <= 1) return 0.9;
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  const pairs = paired(few, many, wordsAlike);
  const [sum, whole] = pairs.reduce(
    ([total, letters], { worth: like, word }) => [
      total + like * Math.min(word.text.length, 6),
      letters + Math.min(word.text.length, 6),
    ],
    [0, 0],
  );
  const mean = sum / whole;
  const least = Math.min(...pairs.map((pair) => pair.worth));
  const together = least < 0.6 ? Math.min(mean, 0.45 + least * 0.2) : (mean + least) / 2;
  const further = many.length - few.length;
  return further > 0 && few.length === 1 ? together * 0.68 : together - 0.05 * further;
}

function wordsOf({ given, middle, family }: PersonName): NameWord[] {
  const words = [...(given?.words ?? []), ...middle, ...(family?.words ?? [])];
  const telling = words.filter(({ text }) => !between.has(text));
  return telling.length > 0 ? telling : words;
}

function wordsAlike(a: NameWord, b: NameWord): number {
  const like = alikeness(a, b);
  if (like === alike.not && a.isKnown && b.isKnown) return 0.4;
  const apart = edits(a.text, b.text, 3);
  const byEdits = apart > 3 ? 0 : 1 - (1.15 * apart) / Math.max(a.text.length, b.text.length);
  return Math.max(worth[like]!, byEdits, bySound(a, b));
}

/** Nothing else tells the two, so that one sound is enough, or one row of consonants in other letters' spelling. */
function bySound(a: NameWord, b: NameWord): number {
  if (a.digits !== b.digits || Math.min(a.text.length, b.text.length) < 2) return 0;
  if (a.bones.length > 1 && a.bones === b.bones && Math.min(a.text.length, b.text.length) > 3) return 0.82;
  return a.sound.length > 1 && a.sound === b.sound ? 0.8 : 0;
}

/** Each word of the fewer with one of the others, the likest first. */
function paired<Word>(
  few: readonly Word[],
  many: readonly Word[],
  like: (a: Word, b: Word) => number,
): { worth: number; word: Word }[] {
  const all = few.flatMap((word, at) => many.map((other, to) => ({ worth: like(word, other), word, at, to })));
  all.sort((a, b) => b.worth - a.worth || Math.abs(a.at - a.to) - Math.abs(b.at - b.to) || a.at - b.at);
  const [left, right] = [new Set<number>(), new Set<number>()];
  return all.filter(({ at, to }) => {
    if (left.has(at) || right.has(to)) return false;
    left.add(at);
    right.add(to);
    return true;
  });
}

function tradesAlike(a: TradeName, b: TradeName): number {
  const sorted = ({ words }: TradeName) => [...words].sort().join(' ');
  if (a.joined === b.joined || sorted(a) === sorted(b)) return 1;
  if (isAcronym(a, b) || isAcronym(b, a)) return 0.75;
  const [x, y] = [numbersOf(a), numbersOf(b)];
  const isNumbered = x !== y && x !== '' && y !== '';
  const [few, many] = a.words.length <= b.words.length ? [a, b] : [b, a];
  const pairs = paired(few.words, many.words, partsAlike).filter((pair) => pair.worth > 0);
  const weight = (word: string) => (kinds.has(word) ? 0.4 : 1) * Math.min(word.length, 7);
  const [all, hit] = [[...a.words, ...b.words].reduce((sum, word) => sum + weight(word), 0), 2 * pairs.reduce((sum, { worth: like, word }) => sum + like * weight(word), 0)]; // prettier-ignore
  const own = (words: readonly string[]) => words.filter((word) => !kinds.has(word));
  const isAlone = (trade: TradeName, other: TradeName) =>
    own(trade.words).some((word) => !other.words.some((that) => partsAlike(word, that) > 0));
  const share = hit / all;
  const isNear = !isNumbered && Math.min(a.joined.length, b.joined.length) >= 7 && edits(a.joined, b.joined, 2) <= 2;
  const together = isAlone(a, b) && isAlone(b, a) ? Math.min(share, 0.55) : share;
  return isNumbered ? Math.min(together, 0.4) : isNear ? Math.max(together, 0.85) : together;
}

function partsAlike(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a + b)) return 0;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 4 && edits(a, b, 2) <= (shorter >= 6 ? 2 : 1)) return 0.85;
  const [one, other] = [nameWord(a), nameWord(b)];
  if (shorter > 3 && (one.sound === other.sound || likeness(a, b) >= 0.93)) return 0.8;
  return shorter >= 3 && (a.startsWith(b) || b.startsWith(a)) ? 0.7 : 0;
}

function isAcronym({ words: [word], words }: TradeName, other: TradeName): boolean {
  if (words.length !== 1 || other.words.length < 3) return false;
  return word === other.words.map((one) => one[0]).join('');
}

function numbersOf({ words }: TradeName): string {
  return words.filter((word) => /^(?:\d+|i{1,3}|iv|vi?)$/.test(word)).sort().join(' '); // prettier-ignore
}
