import type { NamePart, PersonName, TradeName } from './features.ts';
import { isKnownName, nicknameGroups } from './nicknames.ts';
import { edits, isOneEdit, likeness } from './similar.ts';
import { soundOf } from './sounds.ts';

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

export function givenLevel(a: PersonName, b: PersonName): number {
  const [one, other] = [a.given, b.given];
  if (!one || !other) return given.none;
  if (one.joined === other.joined) return given.same;
  const [first, second] = [one.words[0]!, other.words[0]!];
  const isFirst = first === second;
  // Further given names of one that the other leaves out are no difference.
  if (isFirst && (one.words.length === 1 || other.words.length === 1)) return given.same;
  if (isFirst) return given.typo;
  const isNickname = sharesGroup(one.nicknames, other.nicknames);
  const areOthers = !isNickname && areOtherNames(first, second);
  if (!areOthers && isSlip(first, second)) return given.typo;
  if (isNickname || (!areOthers && isBeginning(first, second))) return given.nickname;
  if (a.middle.includes(second) || b.middle.includes(first)) return given.middle;
  if (one.words.includes(second) || other.words.includes(first)) return given.middle;
  if (first.length === 1 || second.length === 1) return first[0] === second[0] ? given.initial : given.different;
  if (areOthers) return given.different;
  if (one.sound === other.sound && one.sound.length > 1) return given.sound;
  return likeness(first, second) >= 0.8 ? given.weak : given.different;
}

export function familyLevel(one: NamePart | null, other: NamePart | null): number {
  if (!one || !other) return family.none;
  if (one.joined === other.joined) return family.same;
  if (isSlip(one.joined, other.joined)) return family.typo;
  if (one.words.length + other.words.length > 2 && one.words.some((word) => word.length > 2 && other.words.includes(word)))
    return family.part; // prettier-ignore
  const [a, b] = [one.joined, other.joined];
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? family.initial : family.different;
  const like = likeness(a, b);
  if ((one.sound === other.sound && one.sound.length > 2) || like >= 0.92) return family.part;
  return like >= 0.82 ? family.weak : family.different;
}

/**
 * Both given names may be one person's: in any order, with middle and further names, the initial, a short form or a slip of each other.
 * A name that is another one's for a woman or a man is no slip of it, and neither is one known name of another.
 */
export function isPlausibleGiven(a: PersonName, b: PersonName): boolean {
  const words = (name: PersonName) => [...(name.given?.words ?? []), ...name.middle];
  const inFull = (name: PersonName) => [...words(name), ...(name.family?.words ?? [])].sort().join(' ');
  if (words(a).some((one) => words(b).some((other) => mayBeOne(one, other)))) return true;
  return areSwapped(a, b) !== null || inFull(a) === inFull(b);
}

/** Both given names are one, but for their order with the family name. */
export function isOneGiven(a: PersonName, b: PersonName): boolean {
  return givenLevel(a, b) === given.same || areSwapped(a, b)?.isGiven === true;
}

function mayBeOne(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length === 1 || other.length === 1) return one[0] === other[0];
  if (sharesGroup(nicknameGroups(one), nicknameGroups(other))) return true;
  if (areOtherNames(one, other)) return false;
  const sound = soundOf(one);
  if (isSlip(one, other) || isBeginning(one, other) || (sound.length > 1 && sound === soundOf(other))) return true;
  // Each may have a slip of its own.
  return Math.min(lettersIn(one), lettersIn(other)) >= 5 && (edits(one, other, 2) <= 2 || likeness(one, other) >= 0.85);
}

/** Endings by which one name is made the other sex's: Daniel and Daniela, Simon and Simone, Martin and Martina. */
const otherSex = new Set('a e ia na ne le ina ine ette etta ella elle iane iana s'.split(' '));

/** Two names that people have, of which neither stands for the other, however near their letters are. */
function areOtherNames(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // What is no name by itself is the cut of a narrow column.
  if (isKnownName(short) && long.startsWith(short) && otherSex.has(long.slice(short.length))) return true;
  const isLastOnly = one.length === other.length && one.length >= 4 && one.slice(0, -1) === other.slice(0, -1);
  if (isLastOnly && /[aeo]$/.test(one) && /[aeo]$/.test(other)) return true;
  return isKnownName(one) && isKnownName(other);
}

/** A letter, or the cut of a narrow column. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (Math.min(lettersIn(a), lettersIn(b)) >= 4 && isOneEdit(short, long)) return true;
  if (short.length === 3 && long.length >= 3 && long.length <= 4 && short[0] === long[0]) return isOneEdit(short, long);
  return short.length >= 5 && long.startsWith(short);
}

/** Where vowels are signs at the letters, two letters make a whole name, and another sign another name. */
function lettersIn(text: string): number {
  return text.length - (text.match(/\p{M}/gu)?.length ?? 0);
}

/** Short forms are beginnings mostly, and narrow columns leave nothing else. */
function isBeginning(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}

function sharesGroup(a: readonly number[], b: readonly number[]): boolean {
  for (const group of a) if (b.includes(group)) return true;
  return false;
}

/** Whether the given name of one is the family name of the other, as far as both know them. */
export function areSwapped(a: PersonName, b: PersonName): { isGiven: boolean; isFamily: boolean } | null {
  const one = a.given && b.family ? isSamePart(a.given, b.family) : null;
  const other = a.family && b.given ? isSamePart(a.family, b.given) : null;
  if (one === false || other === false || (one === null && other === null)) return null;
  return { isGiven: one === true && other === true, isFamily: true };
}

function isSamePart(a: NamePart, b: NamePart): boolean {
  return a.joined === b.joined || isSlip(a.joined, b.joined);
}

export function middleLevel(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return -1;
  const [one, other] = [a[0]!, b[0]!];
  if (one === other) return one.length === 1 ? 1 : 2;
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 1 : 0;
  return isSlip(one, other) ? 1 : 0;
}

/** Place in the ladder of an organisation's names. */
export function tradeLevel(a: TradeName, b: TradeName): number {
  if (a.joined === b.joined) return 6;
  const common = commonStart(a.joined, b.joined);
  const shorter = Math.min(a.joined.length, b.joined.length);
  const isCut = shorter >= 12 && common >= shorter - 3;
  const [few, many] = a.words.length < b.words.length || (a.words.length === b.words.length && a.text < b.text) ? [a, b] : [b, a]; // prettier-ignore
  let [shared, missed] = [0, 0];
  const taken = new Set<number>();
  few.words.forEach((word, index) => {
    const at = many.words.findIndex((other, place) => !taken.has(place) && isSameWord(word, other));
    if (at < 0) {
      missed += few.telling[index]!;
      return;
    }
    taken.add(at);
    shared += few.telling[index]! + many.telling[at]!;
  });
  const alike = shared / (a.sum + b.sum);
  const isNumbered = numbersOf(a) !== numbersOf(b);
  if (isNumbered) return alike >= 0.5 ? 2 : alike >= 0.3 ? 1 : 0;
  if (alike >= 0.9 || isCut) return 5;
  if (missed === 0 && few.sum >= 1) return 4;
  if (alike >= 0.7) return 3;
  return alike >= 0.5 ? 2 : alike >= 0.3 ? 1 : 0;
}

function isSameWord(a: string, b: string): boolean {
  return a === b || (a.length >= 4 && b.length >= 4 && (isOneEdit(a, b) || (a.length >= 6 && likeness(a, b) >= 0.93)));
}

export function numbersOf({ words }: TradeName): string {
  return words.filter((word) => /^\d+$/.test(word)).join(' ');
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
