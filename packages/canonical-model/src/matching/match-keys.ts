import type { Features, NamePart, PersonName, Place, TradeName } from './features.ts';
import type { MatchModel } from './model.ts';
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

/** Raised when the same evidence comes to other keys, or fewer keys in common are enough: all records are then placed anew. */
export const keyScheme = 2;

/** A record has at most so many names, dates and the like from which keys are made. */
const mostValues = 12;

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

function personKeys({ names, dates, emails, phones, identifiers, places }: Features): KeyTexts {
  const [strong, weak] = [contactKeys('p', { emails, phones, identifiers }), new Set<string>()];
  for (const name of names.slice(0, mostValues)) {
    const [one, other] = [soundIn(name.given), soundIn(name.family)].sort();
    if (one && other) weak.add(`p:n|${one}|${other}`);
    const [first, last] = [name.given?.joined.slice(0, 3), name.family?.joined.slice(0, 3)].sort();
    if (first && last) weak.add(`p:n3|${first}|${last}`);
    for (const date of dates.slice(0, mostValues)) {
      if (one && other) strong.add(`p:ny|${one}|${other[0]}|${date.text.slice(0, 4)}`);
      if (one && other) strong.add(`p:ny|${other}|${one[0]}|${date.text.slice(0, 4)}`);
    }
    for (const { postcode, town } of places.slice(0, mostValues)) {
      const area = postcode || town;
      if (area && one && other) strong.add(`p:np|${family(name)}|${area}`);
    }
  }
  for (const date of dates.slice(0, mostValues)) weak.add(`p:d|${date.text}`);
  for (const name of names.slice(0, mostValues)) {
    const sounds = [soundIn(name.given), soundIn(name.family)].filter(Boolean);
    for (const sound of sounds) {
      for (const { text } of dates.slice(0, mostValues)) {
        weak.add(`p:sy|${sound}|${text.slice(0, 4)}`);
        weak.add(`p:sm|${sound}|${text.slice(4)}`);
      }
      for (const { postcode, town } of places.slice(0, mostValues)) {
        if (postcode) weak.add(`p:sp|${sound}|${postcode}`);
        else if (town) weak.add(`p:st|${sound}|${soundOf(town)}`);
      }
    }
  }
  for (const place of places.slice(0, mostValues)) for (const key of houseKeys(place)) strong.add(`p:a|${key}`);
  return { strong, weak };
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
  for (const { text } of said.phones.slice(0, mostValues)) keys.add(`${kind}:t|${text}`);
  for (const { local } of said.emails.slice(0, mostValues)) keys.add(`${kind}:m|${local}`);
  return keys;
}

function houseKeys({ number, street, postcode }: Place): string[] {
  const name = street.split(' ')[0]!;
  return street === '' || number === ''
    ? []
    : [`${number}|${soundOf(name) || name}`, ...(postcode ? [`${number}|${postcode}`] : [])];
}

function soundIn(part: NamePart | null): string {
  return part === null ? '' : part.sound || part.joined;
}

function family({ given, family: part }: PersonName): string {
  return [soundIn(part), soundIn(given)[0]].join('|');
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
function secondClues({ names, trades, dates, emails, phones, places }: Features): string[] {
  const clues = new Set<string>();
  for (const { given, family: last } of names.slice(0, 2)) {
    if (given) clues.add(`g${soundIn(given)}`);
    if (last) clues.add(`f${soundIn(last)}`);
  }
  for (const name of trades.slice(0, 2)) for (const word of tellingWords(name)) clues.add(`w${soundOf(word)}`);
  for (const { text } of dates.slice(0, 2)) clues.add(`y${text.slice(0, 4)}`).add(`m${text.slice(4)}`);
  for (const { text } of emails.slice(0, 2)) clues.add(`e${text}`);
  for (const { text } of phones.slice(0, 2)) clues.add(`t${text}`);
  for (const { number, postcode } of places.slice(0, 2)) clues.add(`a${number}|${postcode}`);
  return [...clues];
}
