import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import type { NameValue } from '../customer/shapes/name.ts';
import { foldText } from '../customer/fold-text.ts';
import { placeOf, type PlaceText } from './place-text.ts';
import { numberOf, wordsOf } from './words.ts';

/** A person's name in words; '' where a part is unknown. */
export interface PersonText {
  given: string;
  middle: string;
  family: string;
  /** `jr`, `sr` or a number in Roman letters. */
  suffix: string;
}

/** What a record itself ever said of who it is, in the form that is compared. It is stored as text, and holds nothing else. */
export interface Evidence {
  kind: CustomerKind;
  /** Code of the system that said it. */
  system: string;
  persons: PersonText[];
  /** Names of an organisation, in words without its legal form. */
  organizations: string[];
  /** Birth dates as yyyymmdd. */
  dates: string[];
  /** Digits, with a plus before those that begin with the code of their country. */
  phones: string[];
  /** What kinds of company its names say, such as `gmbh`; absent in what was stored before they were kept. */
  legalForms?: string[];
  emails: string[];
  identifiers: string[];
  places: PlaceText[];
}

/** Everything that a record itself ever asserted, by attribute. */
export type Said = Partial<Record<AttributeId, readonly Value[]>>;

/** Raised when the same words come to other evidence: what is stored is then made anew. */
const evidenceFormat = 2;

const suffixes: Readonly<Record<string, string>> = {
  jr: 'jr', junior: 'jr', jnr: 'jr', sr: 'sr', senior: 'sr', snr: 'sr', ii: 'ii', '2nd': 'ii', iii: 'iii', '3rd': 'iii', iv: 'iv', '4th': 'iv',
}; // prettier-ignore
const titles = new Set('mr mrs ms miss mx dr prof sir dame rev lord lady herr frau baronet'.split(' '));

const legalForms = new Set(
  (
    'inc incorporated llc ltd limited corp corporation co company plc lp llp gmbh ag kg ohg mbh sa sas sarl srl spa bv nv oy ab as aps ' +
    'pty pte pvt the of and for und'
  ).split(' '),
);

/** The evidence of a record. Items of lists count like the primary ones. */
export function evidenceOf(kind: CustomerKind, said: Said, system: string): Evidence {
  const names = (said.name ?? []) as readonly NameValue[];
  const isPerson = kind === 'person';
  const members = (list: string, member: string) => itemsOf(said, list).map((item) => item[member]);
  const texts = (...values: readonly unknown[]) => values.filter((value) => typeof value === 'string');
  return {
    kind,
    system,
    persons: isPerson ? distinct(names.map(personOf).filter((name) => name.given || name.family)) : [],
    organizations: isPerson ? [] : distinct(names.flatMap((name) => texts(name.legal, name.tradingAs).map(tradeOf))),
    legalForms: isPerson ? [] : distinct(names.flatMap((name) => texts(name.legal).flatMap(legalFormsOf))),
    dates: isPerson ? distinct(texts(...(said.birthDate ?? [])).map((date) => date.replaceAll('-', ''))) : [],
    phones: distinct(
      texts(...(said['phone.primary'] ?? []), ...members('phones', 'number')).map((phone) =>
        phone.replace(/(?!^\+)\D/g, ''),
      ),
    ),
    emails: distinct(texts(...(said['email.primary'] ?? []), ...members('emails', 'address')).map(foldText)),
    identifiers: distinct(
      texts(...(said['identifier.national'] ?? [])).map((identifier) => wordsOf(identifier).join('')),
    ),
    places: distinct([...(said['address.primary'] ?? []), ...itemsOf(said, 'addresses')].flatMap(placeOf)),
  };
}

const told: readonly AttributeId[] = [
  'name',
  'birthDate',
  'phone.primary',
  'email.primary',
  'identifier.national',
  'address.primary',
];

/** A number below 2^53 for all that evidence is made of: while it stays, so does the evidence. */
export function evidenceMark(kind: CustomerKind, said: Said): number {
  const items = Object.keys(said).filter((id) => /^(phones|emails|addresses):/.test(id));
  const of = [...told, ...items.sort()].map((id) => said[id as AttributeId] ?? null);
  return numberOf(JSON.stringify([evidenceFormat, kind, items, of]));
}

function itemsOf(said: Said, list: string): Record<string, Value>[] {
  const items = Object.keys(said).filter((id) => id.startsWith(`${list}:`));
  return items.flatMap((id) => (said[id as AttributeId] ?? []) as Record<string, Value>[]).filter(Boolean);
}

function personOf({ given = '', middle = '', family = '' }: NameValue): PersonText {
  let suffix = '';
  const bare = (text: string) => {
    const words = wordsOf(text);
    while (titles.has(words[0]!)) words.shift();
    const last = suffixes[words.at(-1) ?? ''];
    if (last !== undefined && words.length > 1) {
      words.pop();
      suffix ||= last;
    }
    return words.join(' ');
  };
  const [family2, middle2] = [bare(family), wordsOf(middle).join(' ')];
  return { given: bare(given), middle: middle2, family: family2, suffix };
}

/** The same form in two spellings. What only says that it is a company of some kind is none. */
const sameForms: Readonly<Record<string, string>> = {
  incorporated: 'inc', limited: 'ltd', corporation: 'corp', mbh: 'gmbh', aps: 'as',
}; // prettier-ignore
const formsOfLaw = new Set(
  'inc llc ltd corp plc lp llp gmbh ag kg ohg sa sas sarl srl spa bv nv oy ab as pty pte pvt se ug ek eg kgaa'.split(
    ' ',
  ),
);

/** GmbH & Co. KG is another form than either. */
function legalFormsOf(name: string): string[] {
  const forms = wordsOf(name)
    .map((word) => sameForms[word] ?? word)
    .filter((word) => formsOfLaw.has(word));
  return forms.length === 0 ? [] : [[...new Set(forms)].sort().join(' ')];
}

function tradeOf(name: string): string {
  const words = wordsOf(name);
  const telling = words.filter((word) => !legalForms.has(word));
  return (telling.length > 0 ? telling : words).join(' ');
}

function distinct<Item>(items: readonly Item[]): Item[] {
  const byText = new Map(items.flatMap((item) => (item === '' ? [] : [[JSON.stringify(item), item]])));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item as Item);
}
