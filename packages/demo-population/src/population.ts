import { createRandom, type Random } from './random.ts';
import * as words from './words.ts';

export interface Address {
  lines: string[];
  locality: string;
  region: string;
  /** 5 digits, or 9 as 12345-6789. */
  postalCode: string;
}

interface Contact {
  /** Who this is in truth. It is for judging a linkage and must not come into any row. */
  truth: number;
  /** US number in E.164, of the range set aside for fiction. */
  phone: string | null;
  secondPhone: string | null;
  email: string | null;
  address: Address | null;
  /** What changes when the customer moves on: another value for one of the three. Never shared with anybody. */
  moved: { phone: string; email: string; address: Address };
}

export interface Person extends Contact {
  kind: 'person';
  given: string;
  middle: string | null;
  family: string;
  /** ISO calendar date. */
  birthDate: string;
}

export interface Organization extends Contact {
  kind: 'organization';
  legalName: string;
  tradingAs: string | null;
}

export type Truth = Person | Organization;

const organizationShare = 0.1;

/** Invented customers, the same ones for the same seed. No two of them share a phone or an e-mail. */
export function population({ seed, size }: { seed: number; size: number }): Truth[] {
  const random = createRandom(seed);
  const taken = new Set<string>();
  return Array.from({ length: size }, (_, truth) => inventCustomer(random, taken, truth));
}

function inventCustomer(random: Random, taken: Set<string>, truth: number): Truth {
  const isOrganization = random.chance(organizationShare);
  const named = isOrganization ? inventOrganization(random, taken) : inventPerson(random);
  const mailbox = 'given' in named ? `${named.given}.${named.family}` : `office.${named.legalName.split(' ')[0]}`;
  const place = random.pick(words.places);
  const lacks = random.next();
  return {
    truth,
    ...named,
    phone: lacks < 0.06 ? null : inventPhone(random, taken, place.areaCode),
    secondPhone: random.chance(0.2) ? inventPhone(random, taken, null) : null,
    email: lacks > 0.94 ? null : inventEmail(random, taken, mailbox),
    address: random.chance(0.08) ? null : inventAddress(random, place),
    moved: {
      phone: inventPhone(random, taken, null),
      email: inventEmail(random, taken, mailbox),
      address: inventAddress(random, random.pick(words.places)),
    },
  };
}

function inventPerson(random: Random) {
  const day = new Date(Date.UTC(random.integer(1936, 2005), random.integer(0, 11), random.integer(1, 28)));
  return {
    kind: 'person' as const,
    given: random.pick(words.givenNames),
    middle: random.chance(0.6) ? random.pick(words.middleNames) : null,
    family: random.pick(words.familyNames),
    birthDate: day.toISOString().slice(0, 10),
  };
}

function inventOrganization(random: Random, taken: Set<string>) {
  const name = unused(taken, () => `${random.pick(words.tradeNames)} ${random.pick(words.trades)}`);
  return {
    kind: 'organization' as const,
    legalName: `${name} ${random.pick(words.legalForms)}`,
    tradingAs: random.chance(0.5) ? name : null,
  };
}

function inventPhone(random: Random, taken: Set<string>, areaCode: string | null): string {
  return unused(taken, (attempt) => {
    // Mobile numbers keep their first area code; an area whose hundred numbers are used up gives way to them too.
    const isMobile = areaCode === null || attempt > 20 || random.chance(0.4);
    const line = String(random.integer(100, 199)).padStart(4, '0');
    return `+1${isMobile ? random.pick(words.mobileAreaCodes) : areaCode}555${line}`;
  });
}

function inventEmail(random: Random, taken: Set<string>, name: string): string {
  const plain = name.normalize('NFD').replace(/[^A-Za-z.]/g, '');
  const isMixedCase = random.chance(0.5);
  const mailbox = isMixedCase ? plain : plain.toLowerCase();
  const email = unused(
    taken,
    () => `${mailbox}${random.integer(2, 999)}@${random.pick(['example.com', 'example.org', 'example.net'])}`,
    (address) => address.toLowerCase(),
  );
  return random.chance(0.15) ? email.replace('@e', '@E') : email;
}

function inventAddress(random: Random, place: (typeof words.places)[number]): Address {
  const street = `${random.integer(1, 19_999)} ${random.pick(words.streets)}`;
  const unit = `${random.pick(['Apt', 'Unit', 'Suite'])} ${random.integer(1, 90)}${random.pick(['', '', 'A', 'B', 'C'])}`;
  const fiveDigits = place.zip + String(random.integer(0, 99)).padStart(2, '0');
  return {
    lines: random.chance(0.25) ? [street, unit] : [street],
    locality: place.locality,
    region: place.region,
    postalCode: random.chance(0.2) ? `${fiveDigits}-${random.integer(1000, 9999)}` : fiveDigits,
  };
}

/** Draws until nobody has the value yet. */
function unused(taken: Set<string>, draw: (attempt: number) => string, identity = (value: string) => value): string {
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const value = draw(attempt);
    if (taken.has(identity(value))) continue;
    taken.add(identity(value));
    return value;
  }
  throw new RangeError('The population is too large for the numbers and names at hand. Ask for fewer customers.');
}
