import type { NamePart, PersonName } from './features.ts';
import { alike, alikeness, isOtherForm, isPlainSlip, isSlip, type NameWord } from './name-word.ts';
import { areSyllables } from './pinyin.ts';
import { edits, likeness } from './similar.ts';

/** Levels by their place in the ladder, the worst 0; −1 where one of the two says nothing. */
export const given = {
  none: -1,
  different: 0,
  weak: 1,
  sound: 2,
  initial: 3,
  middle: 4,
  nickname: 5,
  swapped: 6,
  typo: 7,
  same: 8,
};
export const family = { none: -1, different: 0, weak: 1, initial: 2, part: 3, typo: 4, swapped: 5, same: 6 };

const givenOf = [given.different, given.weak, given.sound, given.initial, given.nickname, given.typo, given.same];

export function givenLevel(a: PersonName, b: PersonName): number {
  const [one, other] = [a.given, b.given];
  if (!one || !other) return given.none;
  const first = alikeness(one.words[0]!, other.words[0]!);
  if (one.joined === other.joined && one.joined.length > 1)
    return isOtherWriting(one, other) ? given.sound : given.same;
  // Further given names of one that the other leaves out are no difference.
  if (first === alike.same) return one.words.length === 1 || other.words.length === 1 ? given.same : given.typo;
  if (first >= alike.nickname) return givenOf[first]!;
  if (isTransliteration(one, other)) return given.nickname;
  if (isAmong(one.words[0]!, b) || isAmong(other.words[0]!, a)) return given.middle;
  return givenOf[first]!;
}

/** Other letters leave the vowels out, or have others for the same sound. */
function isTransliteration(one: NamePart, other: NamePart): boolean {
  if (one.isForeign === other.isForeign) return false;
  const [a, b] = [one.words[0]!, other.words[0]!];
  return (a.bones.length > 1 && a.bones === b.bones) || (a.sound.length > 1 && a.sound === b.sound);
}

/** The word is a further given name. */
function isAmong(word: NameWord, { given: part, middle }: PersonName): boolean {
  return (
    word.text.length > 1 && [...part!.words.slice(1), ...middle].some((one) => alikeness(word, one) >= alike.nickname)
  );
}

export function familyLevel(one: NamePart | null, other: NamePart | null): number {
  if (!one || !other) return family.none;
  const [a, b] = [one.joined, other.joined];
  if (a === b) return isOtherWriting(one, other) ? family.part : family.same;
  if (isFamilySlip(a, b) || isTransliteration(one, other)) return family.typo;
  if (one.words.length + other.words.length > 2 && shareWord(one, other)) return family.part;
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? family.initial : family.different;
  const like = likeness(a, b);
  if (isSlip(a, b)) return a[0] === b[0] && a.length === b.length ? family.part : family.weak;
  // Martini is another name than Martinelli.
  if (a.length >= 4 && b.length >= 4 && like >= 0.93 && edits(a, b, 2) <= 2) return family.typo;
  if (areOneSound(one, other) || like >= 0.9) return family.part;
  return like >= 0.82 ? family.weak : family.different;
}

/** Of so many letters on the beginning of a family name is the cut of a column; Nowak is another name than Nowakowska, Martin than Martinez. */
const cutLetters = 8;

/** Lin and Liu are two names, Zhang and Zheng too, Hansson and Jansson, Ferrari and Ferraro, and so are most of three letters. */
function isFamilySlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (a[0] !== b[0] || a.slice(0, -1) === b.slice(0, -1)) return false;
  return (
    shorter >= 4 && !areSyllables(a, b) && isSlip(a, b) && (shorter >= cutLetters || Math.abs(a.length - b.length) < 2)
  );
}

function areOneSound(one: NamePart, other: NamePart): boolean {
  const [a, b] = [one.words, other.words];
  return a.length === b.length && a.every(({ sound }, index) => sound.length > 1 && sound === b[index]!.sound);
}

function shareWord(one: NamePart, other: NamePart): boolean {
  const isOneWord = one.words.length === 1 || other.words.length === 1;
  return one.words.some(
    (a) =>
      a.text.length > 2 &&
      other.words.some((b) => a.text === b.text || (isOneWord && a.text.length > 4 && isSlip(a.text, b.text))),
  );
}

/** In letters of which several make the same Latin ones, other letters are another name that sounds so. */
function isOtherWriting(one: NamePart, other: NamePart): boolean {
  return one.isForeign && other.isForeign && one.text !== other.text;
}

/**
 * Both given names may be one person's: in any order, with middle and further names, the initial, a short form or a slip of each other.
 * A name that is another one's for a woman or a man is no slip of it, and neither is one known name of another.
 */
export function isPlausibleGiven(a: PersonName, b: PersonName): boolean {
  const [one, other] = [givenWords(a), givenWords(b)];
  if (one.some((word) => other.some((that) => mayBeOne(word, that)))) return true;
  return areSwapped(a, b) !== null || wordsInOrder(a) === wordsInOrder(b);
}

/** All words that may be given names. */
function givenWords({ given: part, middle, family: last, isGuessed }: PersonName): readonly NameWord[] {
  return [...(part?.words ?? []), ...middle, ...(isGuessed && last ? last.words : [])];
}

function wordsInOrder({ given: part, middle, family: last }: PersonName): string {
  const words = [...(part?.words ?? []), ...middle, ...(last?.words ?? [])];
  return words
    .map(({ text }) => text)
    .sort()
    .join(' ');
}

function mayBeOne(one: NameWord, other: NameWord): boolean {
  const like = alikeness(one, other);
  if (like >= alike.sound) return true;
  if ((one.isKnown && other.isKnown) || isOtherForm(one, other)) return false;
  // Each may have a slip of its own, and some have several.
  return like === alike.weak || haveSameLetters(one.text, other.text);
}

/** Four of five letters are the same, in whatever order. */
function haveSameLetters(one: string, other: string): boolean {
  const left = [...other];
  let common = 0;
  for (const letter of one) {
    const at = left.indexOf(letter);
    if (at < 0) continue;
    left.splice(at, 1);
    common += 1;
  }
  return 2 * common >= 0.8 * (one.length + other.length);
}

/** Both given names, which go together so, are one but for a letter that was written amiss, or both are initials of one person's names. */
export function isGivenSlip(one: PersonName, other: PersonName, level: number): boolean {
  if (level === given.initial) return middleLevel(one.middle, other.middle) > 0;
  // What is one name in two scripts is no other name.
  if (level >= given.nickname && isTransliteration(one.given!, other.given!)) return true;
  return level === given.typo && isPlainSlip(one.given!.words[0]!, other.given!.words[0]!);
}

/** Both given names are one, but for their order with the family name. */
export function isOneGiven(a: PersonName, b: PersonName): boolean {
  return givenLevel(a, b) === given.same || areSwapped(a, b)?.isGiven === true;
}

/** Whether the given name of one is the family name of the other, as far as both know them. */
export function areSwapped(a: PersonName, b: PersonName): { isGiven: boolean; isFamily: boolean } | null {
  const one = a.given && b.family ? isSamePart(a.given, b.family) : null;
  const other = a.family && b.given ? isSamePart(a.family, b.given) : null;
  if (one === null || other === null) return one || other ? { isGiven: false, isFamily: true } : null;
  // One of the two may have a slip as well.
  const isLoose = (one && isNearPart(a.family!, b.given!)) || (other && isNearPart(a.given!, b.family!));
  return isLoose ? { isGiven: one && other, isFamily: true } : null;
}

function isSamePart(a: NamePart, b: NamePart): boolean {
  if (a.joined === b.joined) return true;
  // Of two names of China a letter makes another one.
  if (areSyllables(a.joined, b.joined)) return false;
  // Emmanuel is no slip of Emmanuelle, in whichever order.
  if (a.words.length + b.words.length > 2 && isSlip(a.joined, b.joined)) return true;
  return a.words.some((one) => b.words.some((other) => one.text.length > 2 && alikeness(one, other) >= alike.nickname));
}

function isNearPart(a: NamePart, b: NamePart): boolean {
  if (areSyllables(a.joined, b.joined)) return a.joined === b.joined;
  return isSamePart(a, b) || a.words.some((one) => b.words.some((other) => mayBeOne(one, other)));
}

export function middleLevel(a: readonly NameWord[], b: readonly NameWord[]): number {
  if (a.length === 0 || b.length === 0) return -1;
  let best = 0;
  for (const one of a) {
    for (const other of b) {
      const like = alikeness(one, other);
      best = Math.max(best, like === alike.same ? 2 : like >= alike.initial ? 1 : 0);
    }
  }
  return best;
}
