import type { Json } from '../json.ts';
import { foldText } from './fold-text.ts';

/** Short forms of words in address lines, by the word that they stand for. */
const shortForms: Readonly<Record<string, string>> = {
  street: 'st str',
  avenue: 'av ave',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  circuit: 'cct',
  crescent: 'cr cres',
  place: 'pl plc',
  boulevard: 'blvd bd',
  terrace: 'tce ter',
  close: 'cl',
  way: 'wy',
  highway: 'hwy',
  parkway: 'pkwy',
  square: 'sq',
  trail: 'trl',
  grove: 'gr',
  gardens: 'gdns',
  apartment: 'apt',
  suite: 'ste',
  floor: 'fl',
  building: 'bldg',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  number: 'no nr',
};
const whole = new Map(
  Object.entries(shortForms).flatMap(([word, short]) => short.split(' ').map((one) => [one, word])),
);

/** What two addresses have in common that say the same place: letter case, blanks, punctuation and short forms of common words tell nothing apart. */
export function addressClass(value: Json): string {
  const { lines, locality, region, postalCode, country } = value as { [member: string]: Json };
  const street = (Array.isArray(lines) ? lines : [])
    .map((line) => lineClass(String(line)))
    .filter((line) => line !== '');
  const code = typeof postalCode === 'string' ? wordsOf(postalCode).join('') : '';
  return JSON.stringify([street.join(' '), textClass(locality), textClass(region), code, textClass(country)]);
}

function lineClass(line: string): string {
  const words = wordsOf(line).map((word) => whole.get(word) ?? word);
  return words.map((word) => word.replace(/(?<=.{3})str$/, 'strasse')).join(' ');
}

function textClass(text: Json | undefined): string {
  return typeof text === 'string' ? wordsOf(text).join(' ') : '';
}

/** Raised before it is lowered: a system in capitals keeps "Straße" as "STRASSE". */
function wordsOf(text: string): string[] {
  return foldText(text.toUpperCase()).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
