import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeId, CustomerKind, ItemListId, PlainAttributeId, Value } from '../customer/attributes.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import { phases } from '../customer/shapes/phase.ts';
import { itemIdOf } from '../customer/item-id.ts';
import { isEmail } from '../customer/email.ts';
import { isLessSpecific } from '../customer/specificity.ts';
import { canonicalJson, type Json } from '../json.ts';
import { cleanText } from '../customer/clean-text.ts';
import { checkMapping } from './check-mapping.ts';
import { noConventions } from './conventions.ts';
import { aBellyfatOrganization, aBellyfatRow, anAdiposeOrganization, anAdiposeRow, shippedLens } from './fixtures.ts';
import type { Lens } from './lens.ts';
import { writePath } from './path.ts';

const adipose = shippedLens('adipose');
const bellyfat = shippedLens('bellyfat');
const febrl = shippedLens('febrl-b');

const letters = "abcdefghij klmno-pqrstu'vwxyz é ß Ø McD,.0123456789";
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
);
const { nothing } = noConventions;
const canonicalText = anyText.map(cleanText).filter((text) => text !== '' && !nothing.isWord(text));
const phone = fc.oneof(fc.stringMatching(/^\+1[2-9]\d{9}$/), fc.stringMatching(/^\+[2-9]\d{6,13}$/));
const email = fc.stringMatching(/^[A-Za-z.]{1,12}@[A-Za-z]{1,8}\.(com|org)$/).filter(isEmail);
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
  .filter((day) => !nothing.isDay(day));

const money = fc.record({
  amount: fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }).map((cents) => {
    const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
    return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
});
const anyAddress = {
  lines: fc.array(canonicalText, { minLength: 1, maxLength: 4 }),
  locality: canonicalText,
  region: canonicalText,
  postalCode: canonicalText,
  country: fc.constantFrom('US', 'AU', 'DE'),
};

const anyValue: Record<PlainAttributeId, fc.Arbitrary<Json>> = {
  name: fc.oneof(
    fc.record({ given: canonicalText, middle: canonicalText, family: canonicalText }, { requiredKeys: [] }),
    fc.record({ legal: canonicalText, tradingAs: canonicalText }, { requiredKeys: [] }),
  ) as fc.Arbitrary<Json>,
  birthDate: date,
  'phone.primary': phone,
  'email.primary': email,
  'address.primary': fc.record(anyAddress, { requiredKeys: [] }) as fc.Arbitrary<Json>,
  'identifier.national': canonicalText,
  lifecycle: fc.constantFrom(...phases),
  'consent.marketing': fc.constantFrom('yes', 'no'),
  creditLimit: money,
  lifetimeSpend: money,
  points: fc.maxSafeInteger(),
  lastTransaction: fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
};

type Item = { [member: string]: Json };

function anyOf(needed: Record<string, fc.Arbitrary<Json>>, more: Record<string, fc.Arbitrary<Json>>) {
  return fc.record({ ...needed, ...more }, { requiredKeys: Object.keys(needed) }) as fc.Arbitrary<Item>;
}

const anyItem: Record<ItemListId, fc.Arbitrary<Item>> = {
  phones: anyOf({ number: phone }, { use: canonicalText }),
  emails: anyOf({ address: email }, { use: canonicalText, verified: fc.boolean() }),
  addresses: anyOf({ lines: anyAddress.lines }, { ...anyAddress, use: canonicalText }),
  products: anyOf({ sku: canonicalText }, { name: canonicalText, purchasedAt: date, serial: canonicalText }),
  rights: anyOf(
    { code: canonicalText },
    { scope: canonicalText, validFrom: date, validTo: date, status: canonicalText },
  ),
};

/** What the system would be read to hold after it took the value; `undefined` when it cannot say it. */
function through(lens: Lens, kind: CustomerKind, row: Json, attribute: AttributeId, value: Value | null) {
  const written = lens.write(attribute, kind, value);
  if (written.kind === 'inexpressible') return undefined;
  const stored = Object.entries(written.fields).reduce((held, [path, each]) => writePath(held, path, each), row);
  return { fields: written.fields, read: lens.read(stored).attributes[attribute]?.value };
}

const lenses: [string, Lens, CustomerKind, Json][] = [
  ['adipose', adipose, 'person', anAdiposeRow()],
  ['adipose', adipose, 'organization', anAdiposeOrganization()],
  ['bellyfat', bellyfat, 'person', aBellyfatRow()],
  ['bellyfat', bellyfat, 'organization', aBellyfatOrganization()],
  ['febrl-b', febrl, 'person', { rec_id: 'rec-1' }],
];

describe.each(lenses)('the lens of %s', (_, lens, kind, row) => {
  for (const attribute of shippedFor(lens, kind)) {
    test(`what it writes of ${attribute} for a ${kind} is read and written the same again`, () => {
      fc.assert(
        fc.property(anyValue[attribute]!, (value) => {
          if (value !== null && modelAsShipped.attributeOf(attribute).shape.problem(value) !== null) return;
          const first = through(lens, kind, row, attribute, value);
          if (first === undefined) return;
          expect(first.read).toBeDefined();
          expect(through(lens, kind, row, attribute, first.read as Value)?.fields).toEqual(first.fields);
        }),
        { numRuns: 400 },
      );
    });
  }
});

function shippedFor(lens: Lens, kind: CustomerKind): PlainAttributeId[] {
  return lens.attributes.filter((attribute) => lens.write(attribute, kind, null).kind === 'written');
}

describe('the items of BellyFat', () => {
  test.each(bellyfat.lists)('one of its %s is found again under its id, changed in place and removed alone', (list) => {
    const before = bellyfat.read(aBellyfatRow());
    fc.assert(
      fc.property(anyItem[list]!, (item) => {
        const id = itemIdOf(modelAsShipped.listOf(list)!, item);
        const added = through(bellyfat, 'person', aBellyfatRow(), id, item)!;
        const [path = ''] = Object.keys(added.fields);
        expect(added.read).toEqual(item);
        const stored = writePath(writePath(aBellyfatRow(), path, added.fields[path]!), path, { colour: 'red' });
        expect(bellyfat.read(stored).attributes[id]!.fields).toEqual(added.fields);
        expect(Object.keys(bellyfat.read(stored).attributes).length).toBe(
          Object.keys({ ...before.attributes, [id]: 1 }).length,
        );
        const removed = bellyfat.write(id, 'person', null);
        expect(removed).toEqual({ kind: 'written', fields: { [path]: null } });
        const { attributes, lists } = bellyfat.read(writePath(stored, path, null));
        const { [id]: _gone, ...others } = before.attributes;
        expect(attributes).toEqual(others);
        expect(lists).toContain(list);
      }),
      { numRuns: 300 },
    );
  });
});

test('no row makes the lens throw', () => {
  const members = Object.keys({ ...aBellyfatRow(), ...anAdiposeRow(), organization: 1 });
  const oddRow = fc.dictionary(fc.constantFrom(...members), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())));
  const element = fc.dictionary(fc.constantFrom('use', 'e164', 'primary', 'sku', 'serial', 'lines'), fc.jsonValue());
  const oddLists = fc.record({ phones: fc.array(element), addresses: fc.array(element), products: fc.array(element) });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), oddRow, oddLists) as fc.Arbitrary<Json>, (row) => {
      for (const lens of [adipose, bellyfat]) {
        const whole = isObject(row) ? { ...(lens === adipose ? anAdiposeRow() : aBellyfatRow()), ...row } : row;
        lens.read(whole);
        checkMapping(lens, [whole]);
      }
    }),
    { numRuns: 500 },
  );
});

function isObject(row: Json): row is { [member: string]: Json } {
  return row !== null && typeof row === 'object' && !Array.isArray(row);
}

const upperText = fc.stringMatching(/^[A-ZÉÑ][A-ZÉÑ' -]{0,10}[A-Z]$/).map((text) => text.replace(/\s+/g, ' '));

const adiposeRow = fc
  .record({
    cust_type: fc.constantFrom('P', 'B'),
    family: upperText,
    given: fc.option(upperText, { nil: null }),
    phone: fc.option(fc.stringMatching(/^[2-9]\d{9}$/), { nil: null }),
    email: fc.option(
      email.map((text) => text.toLowerCase()),
      { nil: null },
    ),
    addr1: upperText,
    addr2: fc.option(upperText, { nil: null }),
    city: upperText,
    zip: fc.stringMatching(/^\d{5}$/),
    status: fc.constantFrom('A', 'I'),
    mkt_ok: fc.constantFrom('Y', 'N', null),
    credit_limit_cents: fc.maxSafeInteger(),
    loyalty_pts: fc.maxSafeInteger(),
    last_txn_at: fc.option(fc.nat(), { nil: null }),
  })
  .map(({ family, given, ...row }) =>
    anAdiposeRow({
      ...row,
      name: (given === null ? family : `${family}, ${given}`).slice(0, 24).replace(/[ ,]+$/, ''),
    }),
  );

const bellyfatRow = fc
  .record({
    name: fc.record({ given: canonicalText, family: canonicalText }),
    phones: fc.option(
      phone.map((e164) => [{ e164, use: 'home', primary: true }]),
      { nil: [] },
    ),
    emails: email.map((address) => [{ address, use: 'home', verified: false, primary: true }]),
    birthDate: fc.option(date, { nil: null }),
    lifecycle: fc.constantFrom(...phases),
    consent: fc.constantFrom(true, false, null),
    products: fc.uniqueArray(
      fc.record({ sku: canonicalText, serial: fc.option(canonicalText, { nil: null }), purchasedAt: date }),
      { selector: ({ sku, serial }) => canonicalJson([sku, serial]), maxLength: 3 },
    ),
  })
  .map(({ name, ...row }) => aBellyfatRow({ ...row, person: name }));

describe('the laws on rows of the reference systems', () => {
  test.each([
    ['adipose', adipose, adiposeRow],
    ['bellyfat', bellyfat, bellyfatRow],
  ])('%s gives back what was sent', (_, lens, rows) => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), (samples) => {
        const { faults, readable, records, inexpressible, unreadable } = checkMapping(lens, samples);
        expect({ faults, inexpressible, unreadable }).toEqual({ faults: [], inexpressible: [], unreadable: [] });
        expect(readable).toBe(records);
      }),
    );
  });

  test('what Adipose keeps of a BellyFat value is the value itself or less specific than it, never another', () => {
    for (const [kind, row, target] of [
      ['person', aBellyfatRow(), anAdiposeRow()],
      ['organization', aBellyfatOrganization(), anAdiposeOrganization()],
    ] as const) {
      for (const attribute of shippedFor(adipose, kind)) {
        const value = bellyfat.read(row).attributes[attribute]?.value;
        if (value === undefined || value === null) continue;
        const kept = through(adipose, kind, target, attribute, value)?.read as Value;
        expect(
          isLessSpecific(modelAsShipped.attributeOf(attribute).shape, kept, value) ||
            canonicalJson(kept) === canonicalJson(value),
        ).toBe(true);
      }
    }
  });
});
