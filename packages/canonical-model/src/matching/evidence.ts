import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { foldText } from '../customer/fold-text.ts';
import { dateOf } from './date-text.ts';
import { personTexts, type PersonText } from './name-text.ts';
import { placeOf, type PlaceText } from './place-text.ts';
import { tellerIn, tellersOf, type Gathered } from './tellers.ts';
import { numberOf, wordsOf } from './words.ts';

/** What a record itself ever said of who it is, in the form that is compared. It is stored as text, and holds nothing else. */
export interface Evidence {
  kind: CustomerKind;
  /** Code of the system that said it. */
  system: string;
  persons: PersonText[];
  /** Names of an organisation, in words without its legal form. */
  organizations: string[];
  /** Birth dates as yyyymmdd, days among them that there are not. */
  dates: string[];
  /** Digits, with a plus before those that begin with the code of their country. */
  phones: string[];
  /** What kinds of company its names say, such as `gmbh`; absent in what was stored before they were kept. */
  legalForms?: string[];
  emails: string[];
  /**
   * Letters and digits; of another scheme than the national one with its name before, such as `passport:c01x00t47`, and behind it a mark
   * where nobody shares one: `vat!:de136695976`.
   */
  identifiers: string[];
  places: PlaceText[];
  /** What else tells people apart, by name of the trait, in words; absent where nothing is said. */
  traits?: Record<string, string[]>;
}

/** What a file tells matching besides what the canonical model knows. */
export interface FurtherEvidence {
  /** Values by the name of the trait, such as `occupation`. */
  traits?: Readonly<Record<string, readonly string[]>>;
  /** Numbers by the name of the scheme, such as `passport`. */
  identifiers?: Readonly<Record<string, readonly string[]>>;
}

/** Everything that a record itself ever asserted, by attribute. */
export type Said = Record<AttributeId, readonly Value[]>;

/** Raised when the same words come to other evidence: what is stored is then made anew. */
const evidenceFormat = 6;

const legalForms = new Set(
  (
    'inc incorporated llc ltd limited corp corporation co company plc lp llp gmbh ag kg ohg mbh sa sas sarl srl spa bv nv oy ab as aps ' +
    'pty pte pvt ooo oao zao pao jsc ojsc pjsc the of and for und'
  ).split(' '),
);

/**
 * The evidence of a record: what of its words the canonical model says tells matching something. Items of lists count like the primary
 * ones.
 */
export function evidenceOf(
  kind: CustomerKind,
  said: Said,
  system: string,
  model: Model,
  further: FurtherEvidence = {},
): Evidence {
  const { names, dates, phones, emails, identifiers, places, traits } = gathered(said, model);
  const isPerson = kind === 'person';
  const texts = (...values: readonly unknown[]) => values.filter((value) => typeof value === 'string');
  for (const [trait, values] of Object.entries(further.traits ?? {})) {
    traits.set(trait, [...(traits.get(trait) ?? []), ...values]);
  }
  return {
    kind,
    system,
    persons: isPerson ? distinct(names.flatMap(personTexts)) : [],
    organizations: isPerson ? [] : distinct(names.flatMap((name) => texts(name.legal, name.tradingAs).map(tradeOf))),
    legalForms: isPerson ? [] : distinct(names.flatMap((name) => texts(name.legal).flatMap(legalFormsOf))),
    dates: isPerson ? distinct(dates.map(dateOf)) : [],
    phones: distinct(phones.map((phone) => phone.replace(/(?!^\+)\D/g, ''))),
    emails: distinct(emails.map(mailboxOf)),
    identifiers: distinct([
      ...identifiers,
      ...Object.entries(further.identifiers ?? {}).flatMap(([scheme, numbers]) => ofScheme(scheme, numbers)),
    ]),
    places: distinct(places.flatMap(placeOf)),
    ...traitsOf(traits),
  };
}

function gathered(said: Said, model: Model): Gathered {
  const into: Gathered = {
    names: [],
    dates: [],
    phones: [],
    emails: [],
    identifiers: [],
    places: [],
    traits: new Map(),
  };
  const tellers = tellersOf(model);
  for (const id of Object.keys(said)) tellerIn(tellers, id)?.gather(said[id]!, into);
  return into;
}

/**
 * A number below 2^53 for all that evidence is made of: while it stays, so does the evidence. A model that tells matching more changes it
 * for those records alone that say something of that.
 */
export function evidenceMark(kind: CustomerKind, said: Said, model: Model): number {
  const tellers = tellersOf(model);
  const told = Object.keys(said)
    .sort()
    .flatMap((id) => {
      const teller = tellerIn(tellers, id);
      return teller ? [id, teller.role, teller.prefix, said[id]] : [];
    });
  return numberOf(JSON.stringify([evidenceFormat, kind, told]));
}

/** `Ann Lee <ann@example.org>` is the address alone. */
function mailboxOf(email: string): string {
  return foldText(/<([^<>]+@[^<>]+)>/.exec(email)?.[1] ?? email);
}

function ofScheme(scheme: string, numbers: readonly string[]): string[] {
  return numbers.map((number) => wordsOf(number).join('')).flatMap((number) => (number ? [`${scheme}:${number}`] : []));
}

function traitsOf(said: ReadonlyMap<string, readonly string[]>): Pick<Evidence, 'traits'> {
  const traits = [...said]
    .map(([trait, values]) => [trait, distinct(values.map((value) => wordsOf(value).join(' ')))] as const)
    .filter(([, values]) => values.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return traits.length === 0 ? {} : { traits: Object.fromEntries(traits) };
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
  const forms = initialsJoined(wordsOf(name))
    .map((word) => sameForms[word] ?? word)
    .filter((word) => formsOfLaw.has(word));
  return forms.length === 0 ? [] : [[...new Set(forms)].sort().join(' ')];
}

function tradeOf(name: string): string {
  const words = initialsJoined(wordsOf(name));
  const telling = words.filter((word) => !legalForms.has(word));
  return (telling.length > 0 ? telling : words).join(' ');
}

function distinct<Item>(items: readonly Item[]): Item[] {
  const byText = new Map(items.flatMap((item) => (item === '' ? [] : [[JSON.stringify(item), item]])));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item as Item);
}

/** G.m.b.H. and GmbH are one word. */
function initialsJoined(words: readonly string[]): string[] {
  return words.reduce<string[]>((joined, word, index) => {
    const goesOn = word.length === 1 && words[index - 1]?.length === 1;
    return goesOn ? [...joined.slice(0, -1), joined.at(-1)! + word] : [...joined, word];
  }, []);
}
