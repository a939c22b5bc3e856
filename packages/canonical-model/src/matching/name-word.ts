import { doubleMetaphone } from 'double-metaphone';
import { areOtherSyllables, readings, type Reading } from './pinyin.ts';
import { isKnownName, nicknameGroups } from './nicknames.ts';
import { edits, isOneEdit, likeness } from './similar.ts';

/** A word of a person's name, made ready for comparing. */
export interface NameWord {
  /** In Latin letters. */
  text: string;
  /** As it is written, in other letters; '' for a Latin one. */
  original: string;
  sound: string;
  /** Its consonants as they stand, each but once in a row. */
  bones: string;
  /** The number at its end: no slip of a letter makes another one of it. */
  digits: string;
  nicknames: readonly number[];
  /** As two syllables of Chinese. */
  readings: readonly Reading[];
  /** Many people are called so. */
  isKnown: boolean;
}

/** How two words of names go together, the worst 0. */
export const alike = { not: 0, weak: 1, sound: 2, initial: 3, nickname: 4, typo: 5, same: 6 } as const;

const mostKept = 100_000;
const kept = new Map<string, NameWord>();

/** The word: the same object for the same letters, as long as it is kept. */
export function nameWord(text: string, original = ''): NameWord {
  const id = original === '' ? text : `${text} ${original}`;
  const found = kept.get(id);
  if (found) return found;
  if (kept.size >= mostKept) kept.clear();
  const made = {
    text,
    original,
    sound: nameSound(text),
    bones: text.replace(/[aeiouyhw]/g, '').replace(/(.)\1+/g, '$1'),
    digits: /\d*$/.exec(text)![0],
    nicknames: nicknameGroups(text),
    readings: readings(text),
    isKnown: isKnownName(text),
  };
  kept.set(id, made);
  return made;
}

/** How a name sounds (Philips' double metaphone, its first reading); what has no letters of English is its own sound. */
function nameSound(text: string): string {
  return (/^[a-z]/.test(text) && doubleMetaphone(text)[0]) || text;
}

/** Which of `alike` the two words are. Neither depends on which comes first. */
export function alikeness(a: NameWord, b: NameWord): number {
  const [one, other] = [a.text, b.text];
  if (a.original !== '' && b.original !== '') return inOtherLetters(a, b);
  if (one === other) return one.length > 1 ? alike.same : alike.initial;
  if (a.digits !== b.digits) return alike.not;
  if (one.length === 1 || other.length === 1) return isInitial(one, other) ? alike.initial : alike.not;
  if (sharesGroup(a.nicknames, b.nicknames)) return alike.nickname;
  const isOneSound = a.sound === b.sound && endingOf(one) === endingOf(other);
  if (areOtherNames(a, b)) return isOneSound && !isOtherForm(a, b) ? alike.sound : alike.not;
  const shorter = Math.min(one.length, other.length);
  if (isSlip(one, other)) return alike.typo;
  if (isShortened(one, other)) return alike.nickname;
  const like = likeness(one, other);
  if (shorter >= 4 && like >= 0.92 && edits(one, other, 2) <= 2 && haveOneEnding(one, other)) return alike.typo;
  if (shorter >= 5 && a.bones.length >= 3 && a.bones === b.bones && haveOneEnding(one, other)) return alike.typo;
  if (shorter >= 6 && edits(one, other, 2) <= 2 && haveOneEnding(one, other)) return alike.typo;
  if (shorter >= 4 && isAnagram(one, other)) return alike.typo;
  if (shorter >= 3 && isOneSound && a.sound.length > 1) return alike.sound;
  return (shorter >= 4 && like >= 0.84) || (a.bones.length >= 2 && a.bones === b.bones) ? alike.weak : alike.not;
}

/** Latin letters are too many for a sign: what is written in other letters is compared in these. */
function inOtherLetters(a: NameWord, b: NameWord): number {
  if (a.original === b.original) return alike.same;
  if (sharesGroup(a.nicknames, b.nicknames)) return alike.nickname;
  if (a.text === b.text) return alike.sound;
  const letters = Math.min(lettersIn(a.original), lettersIn(b.original));
  return letters >= 4 && !areOtherNames(a, b) && isOneEdit(a.original, b.original) ? alike.typo : alike.not;
}

/** Where vowels are signs at the letters, two letters make a whole name, and another sign another name. */
function lettersIn(text: string): number {
  return text.length - (text.match(/\p{M}/gu)?.length ?? 0);
}

function isVowel(letter: string): boolean {
  return 'aeiou'.includes(letter);
}

function isInitial(a: string, b: string): boolean {
  return a[0] === b[0];
}

/** Endings by which one name is made the other sex's: Daniel and Daniela, Simon and Simone, Martin and Martina. */
const otherSex = new Set('a e ia ie na ne nie le ina ine ette etta ella elle iane iana s'.split(' '));

/** Two names that people have, of which neither stands for the other, however near their letters are. */
function areOtherNames(a: NameWord, b: NameWord): boolean {
  if (isOtherForm(a, b)) return true;
  return a.isKnown && b.isKnown && !isBeginning(a.text, b.text);
}

/** The letters are near and make another name all the same. */
export function isOtherForm(one: NameWord, other: NameWord): boolean {
  return isOtherSex(one.text, other.text) || areOtherSyllables(one.readings, other.readings);
}

/** Gabriele is a man and Gabriella a woman; where no vowel ends it the last letter tells less. */
function haveOneEnding(one: string, other: string): boolean {
  const [a, b] = [one.at(-1)!, other.at(-1)!];
  return a === b || (!isVowel(a) && !isVowel(b));
}

/** Christoph of Christopher, Matt of Matthias. */
function isBeginning(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}

/** Columns are not so narrow that they leave less than this of a name. */
const cutLetters = 6;

function isOtherSex(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // What is no name by itself is the cut of a narrow column; but an `a` more makes a woman's name of a man's in half of all languages.
  const end = long.startsWith(short) ? long.slice(short.length) : '';
  const isCut = short.length >= cutLetters && isKnownName(long) && !isKnownName(short);
  if (end === 'a' && short.length >= 3 && !isVowel(short.at(-1)!) && !isCut) return true;
  if (end !== '' && otherSex.has(end) && isKnownName(short)) return true;
  // Joseph and Josephine, Ramesh and Rameshwari.
  if (end.length > 1 && isVowel(end.at(-1)!) && !isVowel(short.at(-1)!) && isKnownName(short)) return true;
  const isLastOnly = one.length === other.length && one.length >= 4 && one.slice(0, -1) === other.slice(0, -1);
  return isLastOnly && isVowel(one.at(-1)!) && isVowel(other.at(-1)!);
}

/** Sounds leave vowels out, and the last one makes Yuko of Yuki, and Stephanie of Stephen: Sarah ends as Sara does, and Lesley as Leslie. */
function endingOf(name: string): string {
  return (
    name
      .replace(/h$/, '')
      .replace(/(?:ie|ey|y)$/, 'i')
      .at(-1) ?? ''
  );
}

/** A letter, or the cut of a narrow column. */
export function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 4 && isOneEdit(short, long)) return true;
  if (short.length === 3 && long.length <= 4 && short[0] === long[0]) return isOneEdit(short, long);
  return short.length >= 5 && long.startsWith(short);
}

/**
 * The two are one name, written with a letter too many, too few or in the wrong place, or cut: names of brothers and sisters differ in
 * their last letters, or have another letter where the other has one.
 */
export function isPlainSlip(one: NameWord, other: NameWord): boolean {
  const [{ text: a, isKnown }, { text: b, isKnown: isOtherKnown }] = [one, other];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if ((isKnown && isOtherKnown) || isOtherForm(one, other)) return false;
  if (short.length >= cutLetters && long.startsWith(short) && !isKnownName(short)) return true;
  const beginsAlike = short[0] === long[0] || one.sound === other.sound;
  if (short.length < plainLetters || !beginsAlike || !isOneEdit(short, long)) return false;
  // Of a name that many have the one that nobody has is the slip, unless it ends as another sex's name would.
  if (isKnown !== isOtherKnown)
    return short.length === long.length || !isVowel(long.at(-1)!) || short.at(-1) === long.at(-1);
  return short.at(-1) === long.at(-1) && (short.length < long.length || isAnagram(short, long));
}

/** In shorter names a letter makes another name. */
const plainLetters = 5;

/** Short forms are beginnings mostly, and narrow columns leave nothing else; clerks leave the vowels out: Thos, Wm. */
function isShortened(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short)) return true;
  if (short.length > 4 || long.length - short.length < 2 || /[aeiou]/.test(short.slice(1, -1))) return false;
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1) || /[aeiou]/.test(short)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

function isAnagram(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}

function sharesGroup(a: readonly number[], b: readonly number[]): boolean {
  for (const group of a) if (b.includes(group)) return true;
  return false;
}
