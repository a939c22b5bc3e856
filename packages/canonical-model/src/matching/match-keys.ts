import type { Features, NamePart, PersonName, Place, TradeName } from './features.ts';
import type { MatchModel } from './model.ts';
import type { NameWord } from './name-word.ts';
import { soundOf } from './sounds.ts';
import { numberOf } from './words.ts';

/** Whether more records share the key than may be compared with one another. */
export type IsCrowded = (key: number) => boolean;

/** The keys of one record. Only records whose common `keys` come to `enoughInCommon` are compared. */
export interface MatchKeys {
  keys: number[];
  /** Keys of the record that are crowded: others stand for them, or none where they are weak or lost. */
  crowded: number[];
  /** Crowded keys for which no further clue stands: whoever shares nothing else is not compared. */
  lost: number[];
}

/**
 * Raised when the same evidence comes to other keys, edges or customers by one model, or fewer keys in common are enough: all records are
 * then placed anew.
 */
export const keyScheme = 7;

/** A record has at most so many names, dates and the like from which keys are made. */
const mostValues = 12;

/** So many words of one name make keys. */
const mostWords = 4;

/** The key says little by itself: where too many share it, the stricter keys find whom it would have found. */
export function isWeakKey(key: number): boolean {
  return key % 2 === 1;
}

/** A strong key in common is enough to be compared, or two weak ones: of those that share a single weak one hardly any is the same customer. */
export const enoughInCommon = 2;

/** What a common key counts towards being compared. */
export function countsInCommon(key: number): number {
  return isWeakKey(key) ? 1 : enoughInCommon;
}

/** The records that have enough in common with one that has these keys; that one too, where it is found under them. */
export function withEnoughInCommon(keys: readonly number[], holdersOf: (key: number) => Iterable<number>): number[] {
  const common = new Map<number, number>();
  for (const key of keys) for (const id of holdersOf(key)) common.set(id, (common.get(id) ?? 0) + countsInCommon(key));
  return [...common].filter(([, count]) => count >= enoughInCommon).map(([id]) => id);
}

/** How many records may share the key without its being crowded. */
export function limitOfKey(key: number, { limit, weakLimit }: MatchModel['blocks']): number {
  return isWeakKey(key) ? weakLimit : limit;
}

/**
 * The keys under which the record is found. A crowded key gives way to as many as there are second clues, each made of the two, and so
 * on down to `deepest`. What is shared that deep by too many is not compared.
 */
export function matchKeysOf(features: Features, isCrowded: IsCrowded, deepest: number): MatchKeys {
  const { strong, weak } = features.kind === 'person' ? personKeys(features) : organizationKeys(features);
  const keys = new Set<number>();
  const crowded = new Set<number>();
  const lost = new Set<number>();
  const descend = (text: string, clues: readonly string[]) => {
    const key = keyOf(clues.length === 0 ? text : [text, ...clues].join('|'), false);
    if (keys.has(key) || crowded.has(key)) return;
    if (!isCrowded(key)) {
      keys.add(key);
      return;
    }
    crowded.add(key);
    const further = secondClues(features).filter((clue) => !clues.includes(clue) && !isImplied(text, clue));
    if (clues.length >= deepest || further.length === 0) lost.add(key);
    else for (const clue of further) descend(text, [...clues, clue].sort());
  };
  for (const text of weak) {
    const key = keyOf(text, true);
    (isCrowded(key) ? crowded : keys).add(key);
  }
  for (const text of strong) descend(text, []);
  return { keys: [...keys], crowded: [...crowded], lost: [...lost] };
}

/** The lowest bit tells weak keys from others, so that a key says by itself how many may share it. */
function keyOf(text: string, isWeak: boolean): number {
  const number = numberOf(text);
  return number - (number % 2) + Number(isWeak);
}

interface KeyTexts {
  strong: Set<string>;
  weak: Set<string>;
}

function personKeys(features: Features): KeyTexts {
  const { names, dates, emails, phones, identifiers, places } = features;
  const [strong, weak] = [contactKeys('p', { emails, phones, identifiers }), new Set<string>()];
  const years = [...new Set(dates.slice(0, mostValues).map(({ text }) => text.slice(0, 4)))];
  const days = [...new Set(dates.slice(0, mostValues).map(({ text }) => text.slice(4)))];
  const clues = [...areasOf(places), ...placesOf(features)];
  const towns = new Set(places.map(({ town }) => `t${town}`));
  const isTown = (clue: string) => towns.has(clue);
  for (const name of names.slice(0, mostValues)) {
    const { given, family } = name;
    const [one, other] = [soundIn(given), soundIn(family)].sort();
    if (one && other) {
      strong.add(`p:n|${one}|${other}`);
      strong.add(`p:n2|${given!.joined.slice(0, 2)}|${family!.joined.slice(0, 4)}`);
      for (const year of years) strong.add(`p:ny|${one}|${other[0]}|${year}`).add(`p:ny|${other}|${one[0]}|${year}`);
    }
    for (const { text, sound } of wordsOf(name)) {
      weak.add(`p:w|${text}`);
      // A town has many of one name: it takes another clue besides.
      for (const clue of clues) (isTown(clue) ? weak : strong).add(`p:c|${sound}|${clue}`);
      for (const year of years) weak.add(`p:sy|${sound}|${year}`);
      for (const day of days) weak.add(`p:sm|${sound}|${day}`);
    }
  }
  for (const { text } of dates.slice(0, mostValues)) {
    strong.add(`p:d|${text}`);
    for (const place of placesOf(features)) strong.add(`p:dp|${text.slice(0, 6)}|${place}`);
  }
  for (const { postcode } of places.slice(0, mostValues)) {
    if (postcode === '') continue;
    weak.add(`p:pc|${postcode}`);
    for (const year of years) weak.add(`p:py|${postcode}|${year}`);
  }
  for (const place of places.slice(0, mostValues)) for (const key of houseKeys(place)) strong.add(`p:a|${key}`);
  return { strong, weak };
}

/** The words of a name that tell somebody: no initials. */
function wordsOf({ given, middle, family }: PersonName): readonly NameWord[] {
  const words = [...(given?.words ?? []), ...middle, ...(family?.words ?? [])];
  return [...new Set(words)].filter(({ text }) => text.length > 1).slice(0, mostWords);
}

/** Postal codes without their end: neighbours share them. */
function areasOf(places: readonly Place[]): string[] {
  const codes = places.slice(0, mostValues).flatMap(({ postcode }) => (postcode.length < 4 ? [] : [postcode]));
  return [...new Set(codes.map((code) => `a${/^\d+$/.test(code) ? code.slice(0, -2) : code.slice(0, -3)}`))];
}

/** Towns, and what else is said in words. */
function placesOf({ places, clues }: Features): string[] {
  const towns = places.slice(0, mostValues).flatMap(({ town }) => (town === '' ? [] : [town]));
  return [...new Set([...towns, ...clues])].map((text) => `t${text}`);
}

function organizationKeys({ trades, emails, phones, identifiers, places }: Features): KeyTexts {
  const [strong, weak] = [contactKeys('o', { emails, phones, identifiers }), new Set<string>()];
  for (const name of trades.slice(0, mostValues)) {
    weak.add(`o:n|${name.joined.slice(0, 12)}`);
    for (const word of tellingWords(name)) {
      weak.add(`o:w|${soundOf(word)}`);
      for (const { postcode, town } of places.slice(0, 2)) strong.add(`o:wp|${soundOf(word)}|${postcode || town}`);
    }
  }
  for (const place of places.slice(0, mostValues)) for (const key of houseKeys(place)) strong.add(`o:a|${key}`);
  return { strong, weak };
}

function contactKeys(kind: string, said: Pick<Features, 'emails' | 'phones' | 'identifiers'>): Set<string> {
  const keys = new Set<string>();
  for (const { text } of said.identifiers.slice(0, mostValues)) keys.add(`${kind}:i|${text}`);
  for (const { text } of said.phones.slice(0, mostValues)) keys.add(`${kind}:t|${text.slice(-7)}`);
  for (const { local } of said.emails.slice(0, mostValues)) keys.add(`${kind}:m|${local}`);
  return keys;
}

function houseKeys({ number, street, postcode, isShared }: Place): string[] {
  if (isShared) return [];
  const name = street.split(' ')[0]!;
  return street === '' || number === ''
    ? []
    : [`${number}|${soundOf(name) || name}`, ...(postcode ? [`${number}|${postcode}`] : [])];
}

function soundIn(part: NamePart | null): string {
  return part === null ? '' : part.words.map(({ sound }) => sound).join('');
}

/** The three most telling words, the longer first where they tell as much. */
function tellingWords({ words, telling }: TradeName): string[] {
  const ranked = words.map((word, index) => ({ word, telling: telling[index]! }));
  ranked.sort((a, b) => b.telling - a.telling || b.word.length - a.word.length || (a.word < b.word ? -1 : 1));
  return ranked.slice(0, 3).map(({ word }) => word);
}

/** The key holds the clue already, so that it would tell nobody apart. */
function isImplied(text: string, clue: string): boolean {
  const value = clue.slice(1);
  return `|${text}|`.includes(`|${value}|`) || (text.startsWith('p:d|') && text.includes(value));
}

/** By what records that share a crowded key are told apart. */
function secondClues(features: Features): string[] {
  const { names, trades, dates, emails, phones, places } = features;
  const clues = new Set<string>();
  for (const { given, family: last } of names.slice(0, 2)) {
    if (given) clues.add(`g${soundIn(given)}`);
    if (last) clues.add(`f${soundIn(last)}`);
  }
  for (const name of trades.slice(0, 2)) for (const word of tellingWords(name)) clues.add(`w${soundOf(word)}`);
  for (const { text } of dates.slice(0, 2)) clues.add(`y${text.slice(0, 4)}`).add(`m${text.slice(4)}`);
  for (const { text } of emails.slice(0, 2)) clues.add(`e${text}`);
  for (const { text } of phones.slice(0, 2)) clues.add(`t${text.slice(-7)}`);
  for (const { number, postcode } of places.slice(0, 2)) if (number || postcode) clues.add(`a${number}|${postcode}`);
  for (const place of [...areasOf(places), ...placesOf(features)].slice(0, 4)) clues.add(`l${place}`);
  return [...clues];
}
