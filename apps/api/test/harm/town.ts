import { familyOf } from '../histories/values.ts';
import type { Data } from './memory-system.ts';

const given = ['ADA', 'BRUNO', 'CLARA', 'DIEGO', 'ELSA', 'FELIX', 'GRETA', 'HUGO', 'IRIS', 'JONAS', 'KLARA', 'LEON'];
const places = [
  { city: 'ALBANY', st: 'NY', zip: '12207' },
  { city: 'BOSTON', st: 'MA', zip: '02108' },
  { city: 'DENVER', st: 'CO', zip: '80202' },
  { city: 'PORTLAND', st: 'OR', zip: '97201' },
];
const phases = ['active', 'active', 'prospect', 'dormant'];
const titled = (text: string) => text.charAt(0) + text.slice(1).toLowerCase();
/** Far from each other, so that nobody is like anybody else. */
const scattered = (n: number, by: number, most: number) => ((n + 1) * by) % most;

const isOrganization = (n: number) => n % 5 === 4;
export const keyOf = {
  adipose: (n: number) => `A-${String(n).padStart(5, '0')}`,
  bellyfat: (n: number) => `B-${String(n).padStart(5, '0')}`,
};

/** What both systems know of the n-th customer. */
function customer(n: number) {
  const family = familyOf(n);
  const place = places[n % places.length]!;
  return {
    family,
    given: titled(given[scattered(n, 7, given.length)]!),
    phone: `202${String(5_000_000 + scattered(n, 611_953, 4_000_000)).slice(0, 7)}`,
    email: `${family.toLowerCase()}@example.com`,
    street: `${scattered(n, 37, 9_973)} ${titled(family)} Street`,
    phase: phases[n % phases.length]!,
    consent: n % 3 !== 0,
    ...place,
  };
}

export function adiposeRow(n: number): Data {
  const { family, given, phone, email, street, phase, consent, city, st, zip } = customer(n);
  const name = isOrganization(n) ? `${family} WORKS LTD` : `${family}, ${given}`;
  return {
    cust_type: isOrganization(n) ? 'B' : 'P',
    name: name.toUpperCase(),
    phone,
    email,
    addr1: street.toUpperCase(),
    addr2: null,
    city,
    st,
    zip,
    status: phase === 'active' ? 'A' : 'I',
    mkt_ok: consent ? 'Y' : 'N',
    credit_limit_cents: 100_000 + n * 100,
    lifetime_cents: 20_000 + n,
    loyalty_pts: 100 + n,
    last_txn_at: 1_760_000_000 + n * 60,
  };
}

export function bellyfatRow(n: number): Data {
  const { family, given, phone, email, street, phase, consent, city, st, zip } = customer(n);
  const address = { lines: [street], locality: titled(city), region: st, postalCode: zip, country: 'US' };
  const who: Data = isOrganization(n)
    ? { organization: { legalName: `${family} Works Ltd`, tradingAs: `${family} House` } }
    : {
        person: { given, middle: null, family },
        birthDate: `${1940 + scattered(n, 17, 61)}-0${1 + (n % 9)}-${10 + (n % 18)}`,
      };
  return {
    ...who,
    phones: [{ e164: `+1${phone}`, use: 'home', primary: true }],
    emails: [{ address: email, use: 'home', verified: true, primary: true }],
    addresses: [{ use: 'home', primary: true, ...address }],
    lifecycle: phase,
    consent,
    creditLimit: null,
    products: [{ sku: `KB-${n % 40}`, name: `Kettlebell ${n % 40}`, purchasedAt: '2025-03-01', serial: null }],
    rights: [{ code: 'POOL', scope: 'north', validFrom: '2025-01-01', validTo: null, status: 'active' }],
  };
}

/** An ordinary edit of one field by a user of the system; the nth of its kind gives values that nobody had. */
export const edits = {
  adipose: (data: Data, nth: number): Data => {
    return nth % 3 === 0
      ? { ...data, addr1: `${nth} NEW LANE` }
      : nth % 3 === 1
        ? { ...data, phone: `303${5_000_000 + nth}` }
        : { ...data, loyalty_pts: Number(data['loyalty_pts']) + 1 };
  },
  bellyfat: (data: Data, nth: number): Data => {
    const [phone] = data['phones'] as { e164: string }[];
    const [email] = data['emails'] as { address: string }[];
    return nth % 2 === 0
      ? { ...data, phones: [{ ...phone, e164: `+1404${5_000_000 + nth}` }] }
      : { ...data, emails: [{ ...email, address: `moved.${nth}@example.com` }] };
  },
};
