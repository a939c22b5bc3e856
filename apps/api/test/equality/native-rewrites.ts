import type { Json } from '@cinch/canonical-model';
import type { Random } from '../histories/random.ts';
import {
  added,
  alike,
  asNumber,
  at,
  both,
  emptied,
  emptyText,
  filledWith,
  inList,
  innerSpace,
  lowered,
  membersReordered,
  nextDay,
  nothingLeftOut,
  otherCase,
  otherThan,
  spaced,
  swapped,
  type Rewrites,
  type Row,
} from './rewrites.ts';

/** None of the words by which people say that they know nothing: where nothing is known these may stand. */
const unreadable = '?!?';

/** What is to be called equal, and what is not: by the kinds of the brief, for one system's own form of rows. */
interface NativeRewrites {
  equivalent: Rewrites;
  divergent: Rewrites;
  /** What its own rules let nobody turn back, or what cannot be read at all: named, and planted in few rows. */
  stubborn: Rewrites;
}

const item = (random: Random): Row => {
  return { code: `X-${random.below(1_000)}`, scope: null, validFrom: '2026-01-01', validTo: null, status: 'active' };
};
const adiposeTexts = ['name', 'addr1', 'addr2', 'city', 'st'];
const bellyfatTexts = [
  'person.given',
  'person.family',
  'organization.legalName',
  'addresses[primary=true].locality',
  'emails[primary=true].address',
];
const csvTexts = ['first', 'last', 'street', 'zip', 'email'];

const adipose: NativeRewrites = {
  equivalent: {
    'case where declared': at(adiposeTexts, lowered),
    'spaces around': at([...adiposeTexts, 'phone', 'email', 'zip'], spaced),
    'empty text for nothing': at(['phone', 'email', 'addr2'], emptyText),
    'spelling of a name': at(['name'], (value) =>
      typeof value === 'string' ? value.replace(', ', ' ,   ') : undefined,
    ),
    'order of members': membersReordered,
    'several at once': both(at(adiposeTexts, lowered), at(['email', 'zip', 'phone'], spaced)),
  },
  divergent: {
    'value to nothing': at(['phone', 'email', 'addr1', 'addr2', 'zip', 'last_txn_at'], emptied),
    'nothing to value': at(['phone', 'addr2', 'last_txn_at'], (value) => (value === null ? '2025550188' : undefined)),
    'another value': at(['phone'], otherThan('2025550111', '2025550122')),
    'another code': at(['status', 'mkt_ok'], (value) => ({ A: 'I', I: 'A', Y: 'N', N: 'Y' })[value as string]),
    case: at(['email'], otherCase),
    'a space within': at(['name', 'city', 'zip'], innerSpace),
    collation: at(['name', 'addr1', 'city'], alike),
    'two that compensate': both(at(['credit_limit_cents'], added(5_000)), at(['lifetime_cents'], added(-5_000))),
    'amounts moved by one': at(['credit_limit_cents', 'lifetime_cents', 'loyalty_pts'], added(1)),
    'time zone': at(['last_txn_at'], added(3_600)),
    reordered: (row) => (row['addr1'] && row['addr2'] ? { ...row, addr1: row['addr2'], addr2: row['addr1'] } : null),
    'rows swapped': swapped(['acct_no', 'ver', 'upd', 'cust_type']),
    unreadable: at(['phone', 'status'], () => unreadable),
  },
  stubborn: { kind: at(['cust_type'], (value) => (value === 'P' ? 'B' : 'P')) },
};

const bellyfat: NativeRewrites = {
  equivalent: {
    'order of members': membersReordered,
    'order of lists': inList(['phones', 'emails', 'addresses', 'products', 'rights'], 2, (list) => list.toReversed()),
    'missing for null': nothingLeftOut,
    'empty text for nothing': at(['birthDate', 'person.middle', 'organization.tradingAs'], emptyText),
    'spaces around': at(bellyfatTexts, spaced),
    'a member that nobody maps': (row) => ({ ...row, note: 'seen' }),
    'several at once': both(membersReordered, both(at(bellyfatTexts, spaced), nothingLeftOut)),
  },
  divergent: {
    'value to nothing': at(['birthDate', 'creditLimit', 'consent', 'emails[primary=true]', 'person.middle'], emptied),
    'nothing to value': at(['birthDate', 'person.middle', 'organization.tradingAs'], filledWith('1990-02-03')),
    'nothing to an amount': at(['creditLimit'], filledWith({ amount: '77.00', currency: 'USD' })),
    'another value': at(['lifecycle'], otherThan('former', 'prospect')),
    'item added': inList(['rights'], 0, (list, random) => [...list, item(random)]),
    'item dropped': inList(['products', 'rights'], 1, (list) => list.slice(1)),
    'item changed': inList(['products', 'rights'], 1, ([first, ...more]) => [
      { ...first, name: 'X', status: 'revoked' },
      ...more,
    ]),
    'item duplicated': inList(['products', 'rights'], 1, (list) => [...list, list[0]!]),
    'phone added': inList(['phones'], 1, (list) => [...list, { e164: '+12025550167', use: 'fax', primary: false }]),
    reordered: at(['addresses[primary=true].lines'], (value) =>
      Array.isArray(value) && value.length > 1 ? value.toReversed() : undefined,
    ),
    case: at(bellyfatTexts, otherCase),
    'a space within': at(bellyfatTexts, innerSpace),
    collation: at(bellyfatTexts, alike),
    'number against text': at(['creditLimit.amount', 'phones[primary=true].e164', 'birthDate'], asNumber),
    'two that compensate': both(
      inList(['products'], 1, ([first, ...more]) => [{ ...first, sku: 'KB-0' }, ...more]),
      at(['lifecycle'], otherThan('former', 'prospect')),
    ),
    'time zone': at(['birthDate'], nextDay),
    'rows swapped': (row, random, others) => {
      const same = others.filter((other) => (other['person'] === undefined) === (row['person'] === undefined));
      return swapped(['customerId', 'revision'])(row, random, same);
    },
    unreadable: at(['lifecycle', 'birthDate'], () => unreadable),
  },
  stubborn: {
    kind: ({ person, organization, ...row }) =>
      person
        ? { ...row, organization: { legalName: 'Acme', tradingAs: null } }
        : { ...row, person: { given: null, middle: null, family: JSON.stringify(organization).slice(2, 5) } },
  },
};

const csv: NativeRewrites = {
  equivalent: {
    'case where declared': at(['city'], lowered),
    'spaces around': at([...csvTexts, 'phone', 'city', 'born'], spaced),
    'number format': at(['points'], (value) => (typeof value === 'number' ? `${value}.0` : undefined)),
    'several at once': both(at(['city'], lowered), at(csvTexts, spaced)),
  },
  divergent: {
    'value to nothing': at(['phone', 'email', 'street', 'born', 'points'], emptied),
    'nothing to value': at(['phone', 'email', 'street', 'born'], filledWith('03/04/1970')),
    'another value': at(['phone'], otherThan('2025550111', '2025550122')),
    case: at(csvTexts, otherCase),
    'a space within': at(csvTexts, innerSpace),
    collation: at(['first', 'last', 'street', 'city'], alike),
    'number against text': at(['points'], (value) => (value === null ? undefined : 'many')),
    'two that compensate': both(
      at(['points'], added(5)),
      at(['zip'], (value): Json => (value === '10001' ? '10002' : '10001')),
    ),
    'time zone': at(['born'], otherThan('01/02/1970', '02/02/1970')),
    'rows swapped': swapped(['id']),
    unreadable: at(['born', 'phone'], () => unreadable),
  },
  stubborn: {},
};

export const nativeRewrites = { adipose, bellyfat, csv };
