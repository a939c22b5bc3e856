import type { NameValue } from '../customer/shapes/name.ts';
import { wordsOf } from './words.ts';

/** A person's name in words; '' where a part is unknown. */
export interface PersonText {
  given: string;
  middle: string;
  family: string;
  /** `jr`, `sr` or a number in Roman letters. */
  suffix: string;
  /** It came in one column, so which word is the given name is guessed. */
  isGuessed?: true;
}

const suffixes: Readonly<Record<string, string>> = {
  jr: 'jr', junior: 'jr', jnr: 'jr', sr: 'sr', senior: 'sr', snr: 'sr', ii: 'ii', '2nd': 'ii', iii: 'iii', '3rd': 'iii', iv: 'iv', '4th': 'iv',
}; // prettier-ignore

/** What stands before or behind a name and is none. */
const titles = new Set(
  (
    'mr mrs ms miss mx dr prof professor sir dame rev reverend esq herr frau fraulein dipl sra srta senor senora signor signora sig dott ' +
    'dottssa mme mlle monsieur madame mevr dhr shri smt sheikh shaikh haji hajji baronet bt bart kbe obe mbe cbe phd msc bsc'
  ).split(' '),
);

/** Titles that are names as well: they are none beside another word. */
const namelike = new Set(
  'lord lady baron baroness earl viscount viscountess marquess marquis duke duchess count countess doctor'.split(' '),
);
/** Some are called so all the same. */
const givenTitles = new Set(['earl', 'duke', 'marquis']);
/** What stands between a title and its place. */
const joining = new Set(['the', 'of', 'and']);
const ordinal = /^\d+(?:st|nd|rd|th)$/;

/** Words that stand before a family name and belong to it. */
const particles = new Set('van von de der den del della di da do dos du la le al el bin ibn ben bint ter ten zu zum af av'.split(' ')); // prettier-ignore

/** What the person is called; none where it is no name at all, such as a title alone. */
export function personTexts(name: NameValue): PersonText[] {
  const [given, middle, family] = [bare(name.given ?? ''), bare(name.middle ?? ''), bare(name.family ?? '')];
  const suffix = family.suffix || given.suffix || middle.suffix;
  if ([...given.words, ...middle.words, ...family.words].every((word) => namelike.has(word))) return [];
  // Lady Huntingdon says no given name.
  if (family.words.some((word) => !namelike.has(word))) given.words = given.words.filter(isGiven);
  if (given.words.length === 0 && middle.words.length === 0)
    return inOneColumn(name.family ?? '', family.words, suffix);
  // A title stood in place of the family name: the last of the others is it.
  const last = family.words.length === 0 && name.family ? middle.words.splice(-1) : family.words;
  return [{ given: given.words.join(' '), middle: middle.words.join(' '), family: last.join(' '), suffix }];
}

function isGiven(word: string): boolean {
  return !namelike.has(word) || givenTitles.has(word);
}

/** A family name may have two words, and a column may hold the whole name. */
function inOneColumn(raw: string, words: readonly string[], suffix: string): PersonText[] {
  if (words.length === 0) return [];
  const comma = raw.indexOf(',');
  const before = comma < 0 ? [] : bare(raw.slice(0, comma)).words;
  if (words.length === 1 || (comma < 0 && words.slice(0, -1).every((word) => particles.has(word))))
    return [{ given: '', middle: '', family: words.join(' '), suffix }];
  const [family, rest] =
    before.length > 0 && before.length < words.length
      ? [before, words.slice(before.length)]
      : [words.slice(-1), words.slice(0, -1)];
  return [{ given: rest[0]!, middle: rest.slice(1).join(' '), family: family.join(' '), suffix, isGuessed: true }];
}

function bare(text: string): { words: string[]; suffix: string } {
  const all = wordsOf(text);
  const named = all.filter(
    (word) => !titles.has(word) && !joining.has(word) && (!ordinal.test(word) || word in suffixes),
  );
  const words = named.some((word) => !namelike.has(word)) ? named.filter((word) => !namelike.has(word)) : named;
  const suffix = words.length > 1 ? suffixes[words.at(-1)!] : undefined;
  // What counts the bearers of a title is no suffix of a name.
  if (suffix !== undefined || ordinal.test(words.at(-1) ?? '')) words.pop();
  return { words, suffix: all.length - words.length > 1 && ordinal.test(all.at(-2) ?? '') ? '' : (suffix ?? '') };
}
