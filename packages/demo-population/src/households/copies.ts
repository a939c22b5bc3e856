import { plain, withoutAccents, type InTheSet, type Inventor, type TrueCompany, type TruePerson } from './truth.ts';

/** What differs in a record from the truth. */
type Altered = 'given' | 'family' | 'birthDate' | 'email' | 'phone' | 'address' | 'form' | 'registered';

export const householdSystems = ['crm', 'shop', 'desk'] as const;
export type HouseholdSystem = (typeof householdSystems)[number];

/** What one system says of somebody, in the canonical attributes. */
export interface HouseholdRecord {
  system: HouseholdSystem;
  key: string;
  of: InTheSet;
  said: Said;
  altered: ReadonlySet<Altered>;
}

type Said = {
  name: [Record<string, string>];
  birthDate?: [string];
  'phone.primary'?: [string];
  'email.primary'?: [string];
  'identifier.national'?: [string];
  'address.primary'?: [{ lines: string[]; locality: string; postalCode: string }];
};

/** How often a system knows a thing: a shop asks nobody’s birthday, a help desk no address. */
const knows: Record<HouseholdSystem, Record<'birthDate' | 'phone' | 'email' | 'address' | 'registered', number>> = {
  crm: { birthDate: 0.94, phone: 0.9, email: 0.88, address: 0.97, registered: 0.8 },
  shop: { birthDate: 0.55, phone: 0.7, email: 0.97, address: 0.96, registered: 0.5 },
  desk: { birthDate: 0.65, phone: 0.95, email: 0.8, address: 0.75, registered: 0.4 },
};

/** Shares of records with that fault; a record has at most `faultsAtMost`. */
const faults = {
  typoInGiven: 0.02,
  typoInFamily: 0.02,
  nickname: 0.05,
  initial: 0.015,
  swapped: 0.005,
  married: 0.015,
  moved: 0.06,
  otherMail: 0.08,
  otherPhone: 0.07,
  typoInDate: 0.012,
  dayAndMonth: 0.006,
} as const;
type Fault = keyof typeof faults;
const faultsAtMost = 2;

export interface Around {
  /** Somebody of the same house or office has the same name: only the birth date tells them apart, so they always give it. */
  hasNamesake: boolean;
  /** Somebody of the same house has the same birth date: an initial would be of both. */
  isTwin: boolean;
}

export function copyOf(
  inventor: Inventor,
  of: InTheSet,
  system: HouseholdSystem,
  around: Around,
): Omit<HouseholdRecord, 'key'> {
  return of.kind === 'person' ? personIn(inventor, of, system, around) : companyIn(inventor, of, system);
}

function personIn(inventor: Inventor, of: TruePerson, system: HouseholdSystem, { hasNamesake, isTwin }: Around) {
  const { random } = inventor;
  const has = random.shuffled(Object.keys(faults) as Fault[]).filter((fault) => random.chance(faults[fault]));
  const happened = new Set(has.slice(0, faultsAtMost));
  if (isTwin) happened.delete('initial');
  const told = { ...of };
  const altered = new Set<Altered>();
  const alter = (fault: Fault, what: Altered, change: () => boolean | void) => {
    if (happened.has(fault) && change() !== false) altered.add(what);
  };
  alter('nickname', 'given', () => {
    const short = of.culture.shortened[of.given];
    if (!short) return false;
    told.given = short;
  });
  alter('typoInGiven', 'given', () => (told.given = slip(inventor, told.given)) !== of.given);
  alter('initial', 'given', () => void (told.given = told.given[0]!));
  alter('typoInFamily', 'family', () => (told.family = slip(inventor, told.family)) !== of.family);
  alter('married', 'family', () => void (told.family = inventor.familyOf(of.culture, inventor.family(of.culture), of.isWoman))); // prettier-ignore
  alter('typoInDate', 'birthDate', () => (told.birthDate = slipInDate(inventor, of.birthDate)) !== of.birthDate);
  alter('dayAndMonth', 'birthDate', () => (told.birthDate = turned(of.birthDate)) !== of.birthDate);
  alter('otherMail', 'email', () => void (told.email = inventor.mailbox(of.given, told.family)));
  alter('otherPhone', 'phone', () => void (told.mobile = inventor.phone(of.culture, true)));
  alter('moved', 'address', () => {
    told.address = inventor.address(of.culture);
    if (told.landline) told.landline = inventor.phone(of.culture, false);
  });
  if (happened.has('swapped')) [told.given, told.family] = [told.family, told.given];
  // Who gives an initial gives the date too: of two of one house nobody could tell whose it is.
  const givesDate = hasNamesake || happened.has('initial') || random.chance(knows[system].birthDate);
  const spelt = system === 'desk' ? withoutAccents : (text: string) => text;
  const name = {
    given: spelt(told.given),
    ...(told.middle && random.chance(0.4) && { middle: spelt(told.middle) }),
    family: spelt(told.suffix && random.chance(0.7) ? `${told.family} ${told.suffix}` : told.family),
  };
  const phone = random.chance(0.75) ? (told.mobile ?? told.landline) : (told.landline ?? told.mobile);
  return { system, of, altered, said: saidOf(inventor, system, { ...told, name, phone, givesDate, spelt }) };
}

function companyIn(inventor: Inventor, of: TrueCompany, system: HouseholdSystem) {
  const { random } = inventor;
  const told = { ...of };
  const altered = new Set<Altered>();
  const isBare = random.chance(0.1);
  if (random.chance(0.03)) told.name = slip(inventor, told.name);
  if (random.chance(0.05) && altered.add('address')) told.address = inventor.address(of.culture);
  if (random.chance(0.05) && altered.add('email')) told.email = `${random.pick(['mail', 'hello'])}@${plain(of.name)}${inventor.digits(3)}.example`; // prettier-ignore
  if (isBare) altered.add('form');
  // Without its legal form, or its own mailbox, a sister is told by its number alone.
  const registered = altered.size > 0 || random.chance(knows[system].registered) ? of.registered : null;
  const spelt = system === 'desk' ? withoutAccents : (text: string) => text;
  const name = { legal: isBare ? told.name : `${told.name} ${told.form}` };
  return { system, of, altered, said: saidOf(inventor, system, { ...told, name, phone: of.landline, registered, spelt }) }; // prettier-ignore
}

interface Told extends Pick<InTheSet, 'culture' | 'address' | 'email'> {
  name: Record<string, string>;
  phone: string | null;
  birthDate?: string;
  givesDate?: boolean;
  registered?: string | null;
  spelt(text: string): string;
}

function saidOf({ random }: Inventor, system: HouseholdSystem, told: Told): Said {
  const { culture, address, spelt } = told;
  const { street, number, flat, locality, postalCode } = address;
  const has = {
    email: told.email !== null && random.chance(knows[system].email),
    phone: told.phone !== null && random.chance(knows[system].phone),
    address: random.chance(knows[system].address),
  };
  // Nobody is a customer by the name and one thing more.
  const count = () => [told.givesDate, told.registered, has.email, has.phone, has.address].filter(Boolean).length;
  if (count() < 2) has.address = true;
  if (count() < 2) has.phone = told.phone !== null;
  const lines = [spelt(culture.line(street, number, flat))];
  return {
    name: [told.name],
    ...(told.givesDate && { birthDate: [told.birthDate!] as [string] }),
    ...(has.phone && { 'phone.primary': [told.phone!] as [string] }),
    ...(has.email && { 'email.primary': [told.email!] as [string] }),
    ...(told.registered && { 'identifier.national': [told.registered] as [string] }),
    ...(has.address && {
      'address.primary': [{ lines, locality: spelt(locality), postalCode }] as Said['address.primary'],
    }),
  };
}

/** One letter too few, too many, another, or two in the wrong order. */
function slip({ random }: Inventor, text: string): string {
  if (text.length < 4) return text;
  const at = random.integer(1, text.length - 2);
  const letter = random.pick([...'aeinrstlo']);
  return random.pick([
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2),
  ]);
}

function slipInDate({ random }: Inventor, date: string): string {
  const at = random.pick([3, 6, 9]);
  const digit = at === 6 ? random.integer(1, 2) : random.integer(1, 8);
  return date.slice(0, at) + String(digit) + date.slice(at + 1);
}

function turned(date: string): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
}
