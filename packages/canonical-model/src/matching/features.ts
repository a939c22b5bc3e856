import { withoutExtension } from '../customer/phone-number.ts';
import type { CustomerKind } from '../customer/attributes.ts';
import { longest, most } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import { isBeyondLatin, latinWords } from './latin.ts';
import type { MatchModel } from './model.ts';
import type { PersonText } from './name-text.ts';
import { alike, alikeness, nameWord, type NameWord } from './name-word.ts';
import type { PlaceText } from './place-text.ts';
import { areSyllables } from './pinyin.ts';
import { perBit, Rarity } from './rarity.ts';
import { exclusiveMark } from './tellers.ts';
import { isSharedHouse, withoutShared } from './shared-values.ts';
import { otherTraits, traitsOf } from './traits.ts';

/** A value, and what agreeing on it is worth beside agreeing on a usual one. */
export interface Weighed {
  text: string;
  rarity: number;
}

export interface NamePart extends Weighed {
  /** The words as one, in Latin letters like these. */
  joined: string;
  words: readonly NameWord[];
  /** It is written in other letters than Latin ones. */
  isForeign: boolean;
}

export interface PersonName {
  given: NamePart | null;
  middle: readonly NameWord[];
  family: NamePart | null;
  suffix: string;
  isGuessed: boolean;
}

export interface Phone extends Weighed {
  /** What stands before the last ten digits of a number in full; null where the country is not known. */
  country: string | null;
}

export interface TradeName extends Weighed {
  joined: string;
  words: readonly string[];
  /** How telling each word is, 0 to 1. */
  telling: readonly number[];
  sum: number;
}

export interface Mailbox extends Weighed {
  local: string;
  /** It holds the person's own name, so that its likeness says nothing besides the name. */
  isNamed: boolean;
  /** It is made of nothing but the person's own name, so that another letter in it is another name. */
  isBare: boolean;
  /** A household's or an office's, such as `info`: several people read it. */
  isCommon: boolean;
}

export interface Identifier extends Weighed {
  /** '' for the national one: numbers of one scheme alone are compared. */
  scheme: string;
  /** Its check digits pass, or its system is believed without. */
  isSure: boolean;
  /** The canonical model says that nobody shares one of this scheme. */
  isExclusive: boolean;
}

export interface Place extends PlaceText {
  /** More live or work there than in one household: who has it in common is told apart by something else. */
  isShared: boolean;
  postcodeRarity: number;
  townRarity: number;
}

/** Evidence made ready for comparing by one model. */
export interface Features {
  kind: CustomerKind;
  names: readonly PersonName[];
  trades: readonly TradeName[];
  dates: readonly Weighed[];
  emails: readonly Mailbox[];
  phones: readonly Phone[];
  legalForms: readonly string[];
  identifiers: readonly Identifier[];
  places: readonly Place[];
  /** Values of each trait, in the order in which the model's traits are compared. */
  traits: readonly (readonly Weighed[])[];
  /** Values of traits that few share, to find others by. */
  clues: readonly string[];
}

/** An organisation may have so many records, which do not make the words of its own name common. */
const ownRecords = 16;

/** Agreeing on a name of several telling words is worth up to so much more than on one of a single word. */
const longNameBits = 4;

/** A trait on which strangers agree so seldom, in bits, is one to find others by. */
const tellingBits = 3;

/** So much less says a mailbox that several people read. */
const commonMailboxBits = 6;

/** Words that many organisations have in their names; a model that counts words knows better. */
const commonWords = new Set(
  (
    'services service group international global center centre school association national american first new community ' +
    'industries solutions systems holdings partners consulting management trading enterprises health care child ' +
    'department university college institute foundation society church bank insurance technologies'
  ).split(' '),
);

/**
 * Makes features of evidence, and leaves out what stands for *unknown*, and what is too long or too much to be compared: two records may
 * be compared thousands of times.
 */
export class FeatureMaker {
  private readonly rarity: Rarity;
  private readonly shared: MatchModel['shared'];
  private readonly generic: Record<keyof MatchModel['generic'], ReadonlySet<string>>;
  private readonly identifiers: MatchModel['identifiers']['national'];
  private readonly words: MatchModel['frequencies']['word'];
  private readonly traits: Record<CustomerKind, readonly string[]>;
  private readonly telling: Record<CustomerKind, readonly string[]>;

  constructor(model: MatchModel) {
    this.rarity = new Rarity(model);
    this.shared = model.shared;
    const sets = Object.entries(model.generic).map(([list, values]) => [list, new Set(values)]);
    this.generic = Object.fromEntries(sets) as FeatureMaker['generic'];
    this.identifiers = model.identifiers.national;
    this.words = model.frequencies.word;
    this.traits = { person: traitsOf(model, 'person'), organization: traitsOf(model, 'organization') };
    const isTelling = (kind: CustomerKind) => (trait: string) => model[kind].traits![trait]!.same[0] >= tellingBits;
    this.telling = {
      person: this.traits.person.filter(isTelling('person')),
      organization: this.traits.organization.filter(isTelling('organization')),
    };
  }

  of(told: Evidence): Features {
    const evidence = withoutShared(told, this.shared);
    const { generic } = this;
    const names = few(evidence.persons.filter(isShortName), most.comparedNames).map((name) => this.name(name));
    const own = {
      given: names.flatMap(({ given, middle }) => [...(given?.words ?? []), ...middle]),
      family: names.flatMap(({ family }) => family?.words ?? []),
    };
    const dates = compared(evidence.dates).filter((date) => !generic.dates.has(date));
    const phones = compared(evidence.phones)
      .map((phone) => ({ text: digitsOf(phone).slice(-10), country: countryOf(phone) }))
      .filter(({ text }) => !generic.phones.has(text));
    return {
      kind: evidence.kind,
      names: names.filter(({ given, family }) => given || family),
      trades: few(evidence.organizations.filter(isShort), most.comparedNames)
        .filter((name) => !generic.names.has(name))
        .map((name) => this.trade(name)),
      dates: dates.map((text) => ({ text, rarity: this.rarity.of('birthDate', text) })),
      emails: compared(evidence.emails)
        .filter((email) => !generic.emails.has(email))
        .map((email) => this.mailbox(email, own)),
      phones: phones.map((phone) => ({ ...phone, rarity: this.rarity.of('phone', phone.text) })),
      legalForms: compared(evidence.legalForms ?? []),
      identifiers: compared(evidence.identifiers)
        .map((text) => this.identifier(text, evidence.system))
        .filter(({ text }) => !generic.identifiers.has(text)),
      places: few(evidence.places.filter(isShortPlace), most.compared).map((place) => ({
        ...place,
        isShared: isSharedHouse(place, this.shared),
        postcodeRarity: this.rarity.of('postcode', place.postcode),
        townRarity: this.rarity.of('town', place.town),
      })),
      traits: this.traits[evidence.kind].map((trait) => this.trait(trait, evidence)),
      clues: this.telling[evidence.kind].flatMap((trait) => (evidence.traits?.[trait] ?? []).slice(0, 2)),
    };
  }

  private trait(trait: string, { kind, traits = {} }: Evidence): Weighed[] {
    const isOther = (name: string) => !this.traits[kind].includes(name);
    const said =
      trait === otherTraits
        ? Object.entries(traits).flatMap(([name, values]) =>
            isOther(name) ? values.map((value) => `${name} ${value}`) : [],
          )
        : (traits[trait] ?? []);
    return compared(said)
      .filter((text) => !this.generic.names.has(text))
      .map((text) => ({ text, rarity: this.rarity.ofTrait(trait, text) }));
  }

  private name({ given, middle, family, suffix, isGuessed }: PersonText): PersonName {
    const { names, persons } = this.generic;
    const isNobody = persons.has(`${given} ${family}`);
    const part = (field: 'given' | 'family', text: string) =>
      // Na is a name in China, beside another one of there.
      text === '' || isNobody || (names.has(text) && !areSyllables(given, family)) ? null : this.part(field, text);
    return {
      given: part('given', given),
      middle: wordsIn(middle),
      family: part('family', family),
      suffix,
      isGuessed: isGuessed === true,
    };
  }

  private part(field: 'given' | 'family', text: string): NamePart | null {
    const words = wordsIn(text);
    const joined = words.map((word) => word.text).join('');
    const rarity = this.rarity.of(field, text);
    return joined === '' ? null : { text, joined, words, rarity, isForeign: isBeyondLatin(text) };
  }

  private trade(text: string): TradeName {
    const words = latinWords(text).slice(0, most.words);
    const telling = words.map((word) => this.tellingOf(word));
    const sum = telling.reduce((total, one) => total + one, 0);
    const rarity = Math.round(Math.max(0, Math.min(longNameBits, (sum - 1) * 1.5)) * perBit);
    return { text, joined: words.join(''), words, telling, sum, rarity };
  }

  /** Inverse document frequency over that of a word which one organisation alone has, in all of its records: this counts 1. */
  private tellingOf(word: string): number {
    if (!this.words || this.words.values < 100) return commonWords.has(word) || word.length === 1 ? 0.3 : 1;
    const counted = Object.hasOwn(this.words.counts, word) ? this.words.counts[word]! : 1;
    const { values } = this.words;
    return Math.max(0.1, Math.min(1, Math.log2(values / counted) / Math.log2(values / ownRecords)));
  }

  private mailbox(text: string, { given, family }: OwnWords): Mailbox {
    const local = text.slice(0, text.indexOf('@'));
    const own = [...given, ...family].map((word) => word.text).filter((word) => word.length > 1);
    const rest = restOf(local, own);
    const isGeneric = this.generic.mailboxes.has(local.replace(/[\d._-]+/g, ''));
    const isCommon = isGeneric || isOfSomebodyElse(rest, local, { given, family });
    const rarity = this.rarity.of('email', text) - (isCommon ? commonMailboxBits * perBit : 0);
    const isNamed = own.some((word) => word.length > 2 && local.includes(word));
    const isBare = rest.length < 2 && own.some((word) => local.includes(word));
    return { text, local, isNamed, isBare, isCommon, rarity };
  }

  private identifier(said: string, system: string): Identifier {
    const { checkDigits, authoritative } = this.identifiers;
    const end = said.indexOf(':');
    const [scheme, text] = [said.slice(0, Math.max(0, end)), said.slice(end + 1)];
    const isExclusive = scheme.endsWith(exclusiveMark);
    const isNational = scheme === '';
    const isSure =
      isExclusive || (isNational && ((checkDigits === 'luhn' && passesLuhn(text)) || authoritative.includes(system)));
    return { scheme, text, isSure, isExclusive, rarity: this.rarity.of('identifier', text) };
  }
}

interface OwnWords {
  given: readonly NameWord[];
  family: readonly NameWord[];
}

/** The mailbox has the family name and the given name of another: a father's, that his house reads. */
function isOfSomebodyElse(rest: string, local: string, { given, family }: OwnWords): boolean {
  if (rest.length < 3 || given.length === 0 || !family.some(({ text }) => text.length > 2 && local.includes(text)))
    return false;
  const other = nameWord(rest);
  return other.isKnown && given.every((word) => alikeness(word, other) < alike.initial);
}

/** What a mailbox holds besides the name: an initial, mostly. */
function restOf(local: string, own: readonly string[]): string {
  const longestFirst = own.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replace(word, ''), local).replace(/[\d._-]/g, '');
}

function compared(texts: readonly string[]): readonly string[] {
  return few(texts.filter(isShort), most.compared);
}

/** The first ones: evidence stands in one order, whatever was said when. */
function few<Item>(items: readonly Item[], limit: number): readonly Item[] {
  return items.length <= limit ? items : items.slice(0, limit);
}

/** So many words of a given, a middle and a family name are compared each. */
const nameWords = 4;

function wordsIn(text: string): NameWord[] {
  const words = latinWords(text);
  const originals = isBeyondLatin(text) ? text.split(' ') : [];
  const isOneEach = originals.length === words.length;
  return words.slice(0, nameWords).map((word, at) => nameWord(word, isOneEach ? originals[at] : ''));
}

function isShort(text: string): boolean {
  return text.length <= longest.evidence;
}

function isShortName({ given, middle, family }: PersonText): boolean {
  return isShort(given) && isShort(middle) && isShort(family);
}

function isShortPlace(place: PlaceText): boolean {
  return Object.values(place).every(isShort);
}

function digitsOf(phone: string): string {
  return withoutExtension(phone).replace(/\D/g, '');
}

/** A number in full begins with a plus; its last ten digits are what systems without countries keep. */
function countryOf(phone: string): string | null {
  return phone.startsWith('+') ? digitsOf(phone).slice(0, -10) : null;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
