import type { NamePart, PersonName, TradeName } from './features.ts';
import { isOneEdit, likeness } from './similar.ts';

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
  if (isFirst || isSlip(first, second)) return given.typo;
  if (sharesGroup(one.nicknames, other.nicknames) || isBeginning(first, second)) return given.nickname;
  if (a.middle.includes(second) || b.middle.includes(first)) return given.middle;
  if (one.words.includes(second) || other.words.includes(first)) return given.middle;
  if (first.length === 1 || second.length === 1) return first[0] === second[0] ? given.initial : given.different;
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

/** A letter, or the cut of a narrow column. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 4 && isOneEdit(short, long)) return true;
  if (short.length === 3 && long.length >= 3 && long.length <= 4 && short[0] === long[0]) return isOneEdit(short, long);
  return short.length >= 5 && long.startsWith(short);
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

function numbersOf({ words }: TradeName): string {
  return words.filter((word) => /^\d+$/.test(word)).join(' ');
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
