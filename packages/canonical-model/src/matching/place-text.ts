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
    'tce ter close cl way wy highway hwy parkway pkwy square sq trail trl grove gr gardens gdns rise row walk loop alley'
  ).split(' '),
);
const directions = new Set(
  'n s e w ne nw se sw north south east west northeast northwest southeast southwest'.split(' '),
);
const units = new Set('apt apartment unit suite ste flat room rm floor fl lot bldg building level shop'.split(' '));

/** Empty where the address says nothing that can be compared. */
export function placeOf(value: Value): PlaceText[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { lines, locality, postalCode } = value as { lines?: string[]; locality?: string; postalCode?: string };
  const parts = (lines ?? []).flatMap((line) => line.replaceAll('#', ' unit ').split(/[,;\n]/)).map(wordsOf);
  const streetAt = Math.max(
    0,
    parts.findIndex((words) => words.some((word) => /\d/.test(word)) && !units.has(words[0]!)),
  );
  // A number that stands alone belongs to the street on the next line.
  const isBare = parts[streetAt]?.length === 1;
  const street = streetOf([...(parts[streetAt] ?? []), ...((isBare && parts[streetAt + 1]) || [])]);
  const others = parts.filter((_, index) => index !== streetAt);
  for (const words of others) street.unit ||= units.has(words[0] ?? '') ? words.slice(1).join('') : '';
  const place = {
    ...street,
    postcode: postcodeOf(postalCode ?? '') || (others.flat().find((word) => /^\d{5}$/.test(word)) ?? ''),
    town: wordsOf(locality ?? '').join(' '),
  };
  return Object.values(place).some((part) => part !== '') ? [place] : [];
}

function streetOf(words: readonly string[]): Pick<PlaceText, 'number' | 'street' | 'unit'> {
  if (words[0] === 'po' && words[1] === 'box') return { number: words.slice(2).join(''), street: 'po box', unit: '' };
  let [number, unit] = ['', ''];
  const names: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (units.has(word) && at + 1 < words.length) unit ||= words[++at]!;
    else if (number === '' && names.length === 0 && /^\d/.test(word)) number = word;
    else names.push(word);
  }
  const telling = names.filter((word) => !kinds.has(word) && !directions.has(word));
  return { number, street: (telling.length > 0 ? telling : names).join(' '), unit };
}

/** Letters and digits; of an American code the first five. */
function postcodeOf(text: string): string {
  const code = wordsOf(text).join('');
  return /^\d{9}$/.test(code) ? code.slice(0, 5) : code;
}
