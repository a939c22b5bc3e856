import type { Value } from '../customer/attributes.ts';
import { wordsOf } from './words.ts';

/** An address in words; '' where a part is unknown. */
export interface PlaceText {
  /** House number, or number of a post office box. */
  number: string;
  /** Name of the street without its kind (road, lane …) and direction. */
  street: string;
  unit: string;
  postcode: string;
  town: string;
}

const kinds = new Set(
  (
    'street st str avenue ave av road rd drive dr lane ln court ct circuit cct crescent cres cr place pl plc boulevard blvd terrace ' +
    'tce ter close cl way wy highway hwy parkway pkwy square sq trail trl grove gr gardens gdns rise row walk loop alley ' +
    'strasse allee platz gasse weg rue chemin quai calle avenida plaza paseo via viale corso piazza rua ulica ul utca laan straat'
  ).split(' '),
);
const directions = new Set(
  'n s e w ne nw se sw north south east west northeast northwest southeast southwest'.split(' '),
);
const units = new Set(
  (
    'apt apartment unit suite ste flat room rm floor fl lot bldg building level shop ' +
    'lgh lagenhet leilighet wohnung whg stiege appartement appt piso apto puerta interno int scala mieszkanie lokal lok daire kat kvartira kv byt'
  ).split(' '),
);

/** Empty where the address says nothing that can be compared. */
export function placeOf(value: Value): PlaceText[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { lines, locality, postalCode } = value as { lines?: string[]; locality?: string; postalCode?: string };
  const parts = withNumbers(
    (lines ?? [])
      .flatMap((line) =>
        blocksJoined(line)
          .replaceAll('#', ' unit ')
          .split(/[,;\n]/),
      )
      .map(wordsOf),
  );
  const streetAt = streetIn(parts);
  // A number that stands alone belongs to the street on the next line.
  const isBare = parts[streetAt]?.length === 1;
  const street = streetOf([...(parts[streetAt] ?? []), ...((isBare && parts[streetAt + 1]) || [])]);
  const others = parts.filter((_, index) => index !== streetAt);
  for (const words of others) street.unit ||= units.has(words[0] ?? '') ? words.slice(1).join('') : '';
  const place = {
    ...street,
    postcode:
      postcodeOf(postalCode ?? '') || (parts.flat().findLast((word, at) => at > 0 && /^\d{5,6}$/.test(word)) ?? ''),
    town: wordsOf(locality ?? '').join(' '),
  };
  return Object.values(place).some((part) => part !== '') ? [place] : [];
}

/** 5-9-31 Minamicho: district, block and house of Japan are one number. */
function blocksJoined(line: string): string {
  return line.replace(/(?<!\d)(\d{1,3})-(\d{1,3})-(\d{1,4})(?!\d)/g, '$1x$2x$3');
}

/** Via Verdi, 122: the number behind a comma belongs to the street before it, and a flat may stand behind the number. */
function withNumbers(parts: readonly (readonly string[])[]): string[][] {
  const joined: string[][] = [];
  for (const words of parts) {
    const before = joined.at(-1);
    const isName = before && before.length > 1 && before.every((word) => !/\d/.test(word)) && !units.has(before[0]!);
    const isNumber = /^\d{1,4}[a-z]?$/.test(words[0] ?? '') && (words.length === 1 || units.has(words[1]!));
    if (isName && isNumber) before.push(...words);
    else joined.push([...words]);
  }
  return joined;
}

/** Of the parts of an address the one with the street: a number beside a name, or at least a number. */
function streetIn(parts: readonly (readonly string[])[]): number {
  const isHouse = (words: readonly string[]) => words.length > 1 && words.some((word) => /^\d{1,5}[a-z]?$/.test(word));
  const [house, some] = [isHouse, (words: readonly string[]) => words.some((word) => /\d/.test(word))].map((holds) =>
    parts.findIndex((words) => !units.has(words[0]!) && holds(words)),
  ) as [number, number];
  return Math.max(0, house >= 0 && parts[some]?.length !== 1 ? house : some);
}

function streetOf(words: readonly string[]): Pick<PlaceText, 'number' | 'street' | 'unit'> {
  if (words[0] === 'po' && words[1] === 'box') return { number: words.slice(2).join(''), street: 'po box', unit: '' };
  let [number, unit] = ['', ''];
  const names: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (units.has(word) && at + 1 < words.length) unit ||= words[++at]!;
    else if (number === '' && names.length === 0 && /^\d/.test(word)) number = word;
    else if (/^\d+$/.test(number) && names.length === 0 && /^[a-d]$/.test(word) && at < words.length - 1)
      number += word;
    else names.push(word);
  }
  // Behind the street, as many countries write it: the first number after a name.
  if (number === '') {
    const first = kinds.has(names[0] ?? '') ? 2 : 1;
    const at = names.findIndex((word, index) => index >= first && /^\d{1,4}[a-z]?$/.test(word));
    const [found, letter = ''] = at < 0 ? [''] : names.splice(at);
    number = found + (/^[a-z]$/.test(letter) ? letter : '');
  }
  const telling = names.filter((word) => !kinds.has(word) && !directions.has(word)).map(bareStreet);
  return { number, street: (telling.length > 0 ? telling : names).join(' '), unit };
}

/** Hauptstraße, Hauptstr. and Haupt Strasse are one street. */
function bareStreet(word: string): string {
  return word.replace(
    /(?<=^\p{L}{3,})(?:strasse|str|straat|weg|gasse|allee|platz|gatan|vagen|vej|gade|laan|katu|utca)$/u,
    '',
  );
}

/** Letters and digits; of an American code the first five. */
function postcodeOf(text: string): string {
  const code = wordsOf(text).join('');
  return /^\d{9}$/.test(code) ? code.slice(0, 5) : code;
}
