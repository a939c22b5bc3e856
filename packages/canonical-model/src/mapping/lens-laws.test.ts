import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import { valueProblem } from '../customer/canonical-value.ts';
import { attributes } from '../customer/attributes.ts';
import { isLessSpecific } from '../customer/specificity.ts';
import { canonicalJson, type Json } from '../json.ts';
import { checkMapping } from './check-mapping.ts';
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
const canonicalText = anyText.map((text) => text.trim()).filter((text) => text !== '');
const phone = fc.oneof(fc.stringMatching(/^\+1[2-9]\d{9}$/), fc.stringMatching(/^\+[2-9]\d{6,13}$/));
const email = fc.stringMatching(/^[A-Za-z.]{1,12}@[A-Za-z]{1,8}\.(com|org)$/);
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

const anyValue: Record<AttributeId, fc.Arbitrary<Json>> = {
  name: fc.oneof(
    fc.record({ given: canonicalText, middle: canonicalText, family: canonicalText }, { requiredKeys: [] }),
    fc.record({ legal: canonicalText, tradingAs: canonicalText }, { requiredKeys: [] }),
  ) as fc.Arbitrary<Json>,
  birthDate: date,
  'phone.primary': phone,
  'email.primary': email,
  'address.primary': fc.record(
    {
      lines: fc.array(canonicalText, { minLength: 1, maxLength: 4 }),
      locality: canonicalText,
      region: canonicalText,
      postalCode: canonicalText,
      country: fc.constantFrom('US', 'AU', 'DE'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>,
  'identifier.national': canonicalText,
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
        fc.property(anyValue[attribute], (value) => {
          if (valueProblem(attributes[attribute].shape, value) !== null) return;
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

function shippedFor(lens: Lens, kind: CustomerKind): AttributeId[] {
  return lens.attributes.filter((attribute) => lens.write(attribute, kind, null).kind === 'written');
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
        const value = bellyfat.read(row).attributes[attribute]?.value as Value;
        const kept = through(adipose, kind, target, attribute, value)?.read as Value;
        expect(isLessSpecific(attribute, kept, value) || canonicalJson(kept) === canonicalJson(value)).toBe(true);
      }
    }
  });
});
