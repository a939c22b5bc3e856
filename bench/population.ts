/**
 * The benchmarks' customers: invented, the same for the same seed, with the truth of who is who. It is fixed, so that figures of
 * different days can be compared: a change here makes all earlier results void.
 */
import { mulberry32 } from '../scripts/mulberry32.ts';

export type SystemCode = 'adipose' | 'bellyfat';

/** A row as its system holds it, and the number of the customer in truth, which never comes into a row. */
export interface BenchRow {
  system: SystemCode;
  key: string;
  truth: number;
  data: Record<string, unknown>;
}

interface Draw {
  (): number;
}

const shares = {
  organizations: 0.1,
  inBoth: 0.65,
  onlyAdipose: 0.17,
  twiceInOne: 0.02,
  moved: 0.18,
  typo: 0.04,
  household: 0.15,
  sharedPhone: 0.3,
  sister: 0.02,
  noPhone: 0.06,
  noEmail: 0.1,
};
const firstSecond = Date.UTC(2024, 0, 1) / 1000;

/**
 * Rows of both systems in no particular order. Two thirds of the customers are in both systems; copies differ by moves, typing errors
 * and what each system cannot hold; housemates share an address and a name, sister sites of an organisation its name.
 */
export function* benchRows(seed: number, count: number): Generator<BenchRow> {
  const draw = mulberry32(seed);
  const words = vocabulary(mulberry32(4_711));
  let made = 0;
  let truth = 0;
  let last: Customer | null = null;
  // Rows wait in a window and leave it at random, so that the copies of a customer do not arrive together.
  const window: BenchRow[] = [];
  while (made < count || window.length > 0) {
    if (made < count && window.length < 20_000) {
      const customer: Customer = invent(draw, words, last);
      last = customer;
      truth += 1;
      for (const system of systemsOf(draw)) {
        if (made >= count) break;
        made += 1;
        const row = copyOf(draw, words, customer, system);
        window.push({ system, truth, ...row(made) });
      }
      continue;
    }
    const at = Math.floor(draw() * window.length);
    const row = window[at]!;
    window[at] = window.at(-1)!;
    window.pop();
    yield row;
  }
}

/** So many rows are of a customer that an earlier row told of: a little fewer than have a further copy to come, so one is always there. */
const again = 0.36;

/**
 * Rows of both systems for growth: from the first row to the last the same share is of a customer that an earlier row told of, and this
 * may be as old as the population. The copies that are left at the end do not come: their customers are in fewer systems.
 */
export function* growingRows(seed: number, count: number): Generator<BenchRow> {
  const draw = mulberry32(seed);
  const words = vocabulary(mulberry32(4_711));
  const toCome: Copy[] = [];
  let truth = 0;
  let last: Customer | null = null;
  for (let made = 1; made <= count; made += 1) {
    let copy = draw() < again ? takeAny(draw, toCome) : undefined;
    if (!copy) {
      const customer: Customer = invent(draw, words, last);
      last = customer;
      truth += 1;
      const copies = systemsOf(draw).map((system) => ({ system, truth, customer }));
      copy = takeAny(draw, copies)!;
      toCome.push(...copies);
    }
    const { system, customer } = copy;
    yield { system, truth: copy.truth, ...copyOf(draw, words, customer, system)(made) };
  }
}

interface Copy {
  system: SystemCode;
  truth: number;
  customer: Customer;
}

function takeAny<T>(draw: Draw, list: T[]): T | undefined {
  const at = Math.floor(draw() * list.length);
  const taken = list[at];
  const last = list.pop();
  if (at < list.length) list[at] = last!;
  return taken;
}

interface Customer {
  kind: 'person' | 'organization';
  given: string;
  middle: string | null;
  family: string;
  birthDate: string;
  phone: string | null;
  email: string | null;
  address: Address;
}

interface Address {
  line: string;
  unit: string | null;
  city: string;
  state: string;
  zip: string;
}

function systemsOf(draw: Draw): SystemCode[] {
  const where = draw();
  const systems: SystemCode[] =
    where < shares.inBoth
      ? ['adipose', 'bellyfat']
      : where < shares.inBoth + shares.onlyAdipose
        ? ['adipose']
        : ['bellyfat'];
  if (draw() < shares.twiceInOne) systems.push(systems[0]!);
  return systems;
}

function invent(draw: Draw, words: Words, last: Customer | null): Customer {
  const isOrganization = draw() < shares.organizations;
  const before = last && last.kind === (isOrganization ? 'organization' : 'person') ? last : null;
  const related = before && draw() < (isOrganization ? shares.sister : shares.household) ? before : null;
  const family = related?.family ?? (isOrganization ? organizationName(draw, words) : zipf(draw, words.families));
  const given = isOrganization ? '' : zipf(draw, words.givens);
  const housemate = isOrganization ? null : related;
  const phone = draw() < shares.noPhone ? null : phoneNumber(draw);
  return {
    kind: isOrganization ? 'organization' : 'person',
    given,
    middle: !isOrganization && draw() < 0.5 ? zipf(draw, words.givens) : null,
    family,
    birthDate: new Date(Date.UTC(1936 + draw() * 69, 0, 1 + draw() * 365)).toISOString().slice(0, 10),
    phone: housemate && draw() < shares.sharedPhone ? housemate.phone : phone,
    // Who has neither could be recognised by nothing but a name and an address.
    email: phone && draw() < shares.noEmail ? null : emailAddress(draw, given, family),
    address: housemate?.address ?? address(draw, words),
  };
}

function copyOf(draw: Draw, words: Words, customer: Customer, system: SystemCode) {
  const copy = { ...customer };
  if (draw() < shares.moved) {
    // Of phone and e-mail at least one stays, where there are both.
    const what = Math.floor(draw() * 3);
    if (what === 0 && copy.email) copy.phone = phoneNumber(draw);
    else if (what === 1 && copy.phone) copy.email = emailAddress(draw, copy.given, copy.family);
    else copy.address = address(draw, words);
  }
  if (draw() < shares.typo) copy.family = mistyped(draw, copy.family);
  if (draw() < shares.typo && copy.given) copy.given = mistyped(draw, copy.given);
  const changedAt = firstSecond + Math.floor(draw() * 80_000_000);
  const amount = Math.floor(draw() * 500_000);
  return (number: number): { key: string; data: Record<string, unknown> } =>
    system === 'adipose' ? adiposeRow(copy, number, changedAt, amount) : bellyfatRow(copy, number, changedAt, amount);
}

function adiposeRow(customer: Customer, number: number, changedAt: number, amount: number) {
  const { kind, given, middle, family, address, phone, email } = customer;
  const initial = middle ? ` ${middle[0]}` : '';
  const name = kind === 'person' ? `${family}, ${given}${initial}` : family;
  const key = `A-${String(number).padStart(7, '0')}`;
  const data = {
    acct_no: key,
    cust_type: kind === 'person' ? 'P' : 'B',
    name: name.toUpperCase().slice(0, 24).trim(),
    phone: phone?.slice(2) ?? null,
    email: email?.toLowerCase() ?? null,
    addr1: address.line.toUpperCase().slice(0, 30),
    addr2: address.unit?.toUpperCase() ?? null,
    city: address.city.toUpperCase().slice(0, 20),
    st: address.state,
    zip: address.zip,
    status: 'A',
    mkt_ok: amount % 3 === 0 ? 'Y' : 'N',
    credit_limit_cents: amount,
    lifetime_cents: amount * 3,
    loyalty_pts: amount % 1_000,
    last_txn_at: changedAt - 1_000,
    upd: changedAt,
    ver: 1 + (amount % 9),
  };
  return { key, data };
}

function bellyfatRow(customer: Customer, number: number, changedAt: number, amount: number) {
  const { kind, given, middle, family, address, phone, email, birthDate } = customer;
  const key = `bf_${String(number).padStart(7, '0')}`;
  const lines = address.unit ? [address.line, address.unit] : [address.line];
  const data = {
    customerId: key,
    ...(kind === 'person'
      ? { person: { given, middle, family }, birthDate }
      : { organization: { legalName: family, tradingAs: null }, birthDate: null }),
    phones: phone ? [{ e164: phone, use: 'home', primary: true }] : [],
    emails: email ? [{ address: email, use: 'home', verified: amount % 2 === 0, primary: true }] : [],
    addresses: [
      {
        use: 'home',
        primary: true,
        lines,
        locality: address.city,
        region: address.state,
        postalCode: address.zip,
        country: 'US',
      },
    ],
    lifecycle: 'active',
    consent: amount % 3 === 0 ? true : amount % 3 === 1 ? false : null,
    creditLimit: null,
    products:
      amount % 2 === 0
        ? [{ sku: `SC-${amount % 40}`, name: 'Kitchen scale', purchasedAt: '2025-03-01', serial: String(amount) }]
        : [],
    rights: [],
    revision: new Date(changedAt * 1000 + (amount % 1_000)).toISOString(),
  };
  return { key, data };
}

interface Words {
  givens: readonly string[];
  families: readonly string[];
  trades: readonly string[];
  streets: readonly string[];
  cities: readonly { name: string; state: string; zip: string }[];
}

/** Names of syllables, so that there are enough different ones and no real person's. */
function vocabulary(draw: Draw): Words {
  const names = (count: number, syllables: number) => {
    const found = new Set<string>();
    while (found.size < count) found.add(wordOf(draw, syllables + Math.floor(draw() * 2)));
    return [...found];
  };
  const states = ['IL', 'WI', 'MN', 'IA', 'MA', 'NY', 'CA', 'OR', 'TX', 'GA', 'PA', 'VA'];
  const cities = names(400, 2).map((name, index) => {
    return { name, state: states[index % states.length]!, zip: String(10_000 + index * 97) };
  });
  return { givens: names(900, 2), families: names(9_000, 2), trades: names(300, 2), streets: names(1_500, 2), cities };
}

const onsets = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'dr',
  'f',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'v',
  'w',
];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const codas = ['', '', 'n', 'r', 's', 'l', 'ck', 'nd', 't', 'm'];

function wordOf(draw: Draw, syllables: number): string {
  const pick = (list: readonly string[]) => list[Math.floor(draw() * list.length)]!;
  const word = Array.from({ length: syllables }, () => pick(onsets) + pick(vowels) + pick(codas)).join('');
  return word[0]!.toUpperCase() + word.slice(1);
}

function organizationName(draw: Draw, words: Words): string {
  const form = ['Inc', 'LLC', 'Corporation', 'LP'][Math.floor(draw() * 4)];
  const pick = (list: readonly string[]) => list[Math.floor(draw() * list.length)]!;
  return `${pick(words.families)} ${pick(words.trades)} ${form}`;
}

/** The n-th word is about 1/n as frequent as the first, flattened so that the first is not everybody's. */
function zipf(draw: Draw, list: readonly string[]): string {
  const rank = Math.exp(draw() * Math.log(list.length + 10)) - 1;
  return list[Math.min(list.length - 1, Math.floor(rank * 0.7 + draw() * list.length * 0.3))]!;
}

function phoneNumber(draw: Draw): string {
  return `+1${200 + Math.floor(draw() * 800)}555${String(Math.floor(draw() * 10_000)).padStart(4, '0')}`;
}

function emailAddress(draw: Draw, given: string, family: string): string {
  const [first] = family.split(' ');
  return `${given || 'office'}.${first}${Math.floor(draw() * 100_000)}@example.${['com', 'org', 'net'][Math.floor(draw() * 3)]}`;
}

function address(draw: Draw, words: Words): Address {
  const city = words.cities[Math.floor(draw() * words.cities.length)]!;
  return {
    line: `${1 + Math.floor(draw() * 9_999)} ${words.streets[Math.floor(draw() * words.streets.length)]} St`,
    unit: draw() < 0.2 ? `Apt ${1 + Math.floor(draw() * 99)}` : null,
    city: city.name,
    state: city.state,
    zip: String(Number(city.zip) + Math.floor(draw() * 97)),
  };
}

/** One letter dropped, doubled, or two swapped. */
function mistyped(draw: Draw, word: string): string {
  const at = 1 + Math.floor(draw() * (word.length - 2));
  const how = Math.floor(draw() * 3);
  if (how === 0) return word.slice(0, at) + word.slice(at + 1);
  if (how === 1) return word.slice(0, at) + word[at]! + word.slice(at);
  return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
}
