import { describe, expect, test } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import type { Json } from '../json.ts';
import type { Fields } from './lens.ts';
import {
  aBellyfatOrganization,
  aBellyfatRow,
  anAdiposeOrganization,
  anAdiposeRow,
  documentedLens,
  shippedLens,
} from './fixtures.ts';

const adipose = shippedLens('adipose');
const bellyfat = shippedLens('bellyfat');
const febrl = shippedLens('febrl-a');

const valuesOf = (reading: ReturnType<typeof adipose.read>) =>
  Object.fromEntries(entriesOf(reading.attributes).map(([attribute, read]) => [attribute, read.value]));

describe('Adipose', () => {
  test('its envelope is read', () => {
    expect(adipose.envelope(anAdiposeRow())).toEqual({
      ok: true,
      envelope: { key: 'A-100042', version: 3, changedAt: 1_700_000_000_000, kind: 'person' },
    });
  });

  test('a person is read with the case that capitals allow', () => {
    expect(valuesOf(adipose.read(anAdiposeRow()))).toEqual({
      name: { given: 'John', middle: 'Q', family: "O'Brien-Smith" },
      'phone.primary': '+12025550143',
      'email.primary': 'jo@example.com',
      'address.primary': {
        lines: ['12 Main St', 'Apt 4'],
        locality: 'Springfield',
        region: 'IL',
        postalCode: '62701-0012',
        country: 'US',
      },
      lifecycle: 'active',
      'consent.marketing': 'yes',
      creditLimit: { amount: '2500.00', currency: 'USD' },
      lifetimeSpend: { amount: '12345.67', currency: 'USD' },
      points: 120,
      lastTransaction: '2023-11-14T21:56:40.000Z',
    });
  });

  test('a blank consent is unknown: it asserts nothing and is no fault', () => {
    const reading = adipose.read(anAdiposeRow({ mkt_ok: ' ' }));
    expect(reading.attributes['consent.marketing']).toEqual({ fields: { mkt_ok: null }, value: undefined });
    expect(reading.unreadable).toEqual([]);
  });

  test.each(['prospect', 'dormant', 'former', 'deceased'])('%s is written I, which is read as dormant', (phase) => {
    expect(adipose.write('lifecycle', 'person', phase)).toEqual({ kind: 'written', fields: { status: 'I' } });
    expect(valuesOf(adipose.read(anAdiposeRow({ status: 'I' })))).toMatchObject({ lifecycle: 'dormant' });
  });

  test('an organisation is read by its plain name', () => {
    expect(valuesOf(adipose.read(anAdiposeOrganization()))['name']).toEqual({ legal: 'Blue Harbor Logistics An' });
  });

  test('a BellyFat customer is written byte for byte as Adipose stores it', () => {
    const said = valuesOf(bellyfat.read(aBellyfatRow()));
    const fields = adipose.attributes.reduce<Fields>((all, attribute) => {
      const written = adipose.write(attribute, 'person', said[attribute] ?? null);
      return { ...all, ...(written.kind === 'written' ? written.fields : {}) };
    }, {});
    expect(fields).toEqual({
      name: 'MCDONALD, ZOË Q',
      phone: '2025550143',
      email: 'zoe@example.com',
      addr1: '1200 NORTH MICHIGAN AVENUE SUI',
      addr2: 'CARE OF THE CONCIERGE',
      city: 'CHICAGO',
      st: 'IL',
      zip: '60611',
      status: 'A',
      mkt_ok: null,
      credit_limit_cents: 250_000,
      lifetime_cents: null,
      loyalty_pts: null,
      last_txn_at: null,
    });
  });

  test.each<[string, AttributeId, Value, string]>([
    ['a phone of another country', 'phone.primary', '+442079460000', 'foreign-number'],
    ['an address of another country', 'address.primary', { lines: ['1 High St'], country: 'GB' }, 'not-the-constant'],
    ['a name without a family name', 'name', { given: 'John' }, 'no-family-name'],
    ['an amount in another currency', 'creditLimit', { amount: '1.00', currency: 'EUR' }, 'not-the-constant'],
    ['a fraction of a cent', 'creditLimit', { amount: '0.005', currency: 'USD' }, 'too-fine'],
    ['a product', 'products:["KB-016",null]', { sku: 'KB-016' }, 'not-mapped'],
    ['a birth date', 'birthDate', '1980-02-29', 'not-mapped'],
  ])('%s is inexpressible', (_, attribute, value, code) => {
    expect(adipose.write(attribute, 'person', value)).toMatchObject({ kind: 'inexpressible', code });
  });

  test("an organisation's trading name alone is inexpressible and does not empty the name", () => {
    expect(adipose.write('name', 'organization', { tradingAs: 'Blue Harbor' })).toMatchObject({
      kind: 'inexpressible',
      code: 'nothing-to-say',
    });
  });

  test('an unreadable phone asserts nothing and the rest of the record is read', () => {
    const reading = adipose.read(anAdiposeRow({ phone: '555-0143' }));
    expect(reading.attributes['phone.primary']).toEqual({ fields: { phone: '555-0143' }, value: undefined });
    expect(reading.unreadable).toMatchObject([{ path: 'phone', code: 'not-a-national-number' }]);
    expect(reading.attributes['email.primary']?.value).toBe('jo@example.com');
  });

  test('empty texts are nothing, like null and like what is absent', () => {
    const { email: _email, ...row } = anAdiposeRow({ phone: ' ', addr1: '', addr2: null, city: '', st: '', zip: '' });
    const reading = adipose.read(row);
    expect(reading.attributes['phone.primary']).toEqual({ fields: { phone: null }, value: null });
    expect(reading.attributes['email.primary']).toEqual({ fields: { email: null }, value: null });
    expect(reading.attributes['address.primary']?.value).toBeNull();
  });

  test('an envelope without key, of unknown kind and with a broken version lists all three', () => {
    const read = adipose.envelope(anAdiposeRow({ acct_no: '', cust_type: 'Z', ver: 'three' }));
    expect(read).toMatchObject({
      ok: false,
      unreadable: [
        { path: 'acct_no', code: 'no-key' },
        { path: 'ver', code: 'not-a-number' },
        { path: 'cust_type', code: 'unknown-code' },
      ],
    });
  });
});

test('the worked example of the documentation does what is said there', () => {
  const lens = documentedLens();
  const row = { no: 7, type: 'P', name: "O'BRIEN, ZOE Q", born: '19800229', changed: 1_700_000_000 };
  expect(lens.envelope(row)).toMatchObject({ ok: true, envelope: { key: '7', kind: 'person' } });
  expect(valuesOf(lens.read(row))).toMatchObject({
    name: { given: 'Zoe', middle: 'Q', family: "O'Brien" },
    birthDate: '1980-02-29',
  });
  expect(lens.write('name', 'person', { given: 'Zoë', middle: 'Quincy', family: 'McDonald' })).toEqual({
    kind: 'written',
    fields: { name: 'MCDONALD, ZOË Q' },
  });

  const device = { model: 'X-1', number: '17', state: 'R', bought: '20250301' };
  const { attributes, lists } = lens.read({ ...row, devices: [device, { ...device, number: '18', state: 'L' }] });
  const id = 'products:["X-1","17"]';
  expect(attributes[id]?.value).toEqual({ sku: 'X-1', serial: '17', purchasedAt: '2025-03-01' });
  expect(attributes).not.toHaveProperty(['products:["X-1","18"]']);
  expect(lists).toEqual(['products']);
  expect(lens.read(row).lists).toEqual([]);
  expect(lens.read({ ...row, devices: [] }).lists).toEqual(['products']);
  expect(lens.write(id, 'person', null)).toMatchObject({
    fields: { 'devices[model="X-1",number="17",state="R"]': null },
  });
  expect(valuesOf(lens.read({ ...row, active: 1, owed: -5 }))).toMatchObject({
    lifecycle: 'active',
    creditLimit: { amount: '-0.05', currency: 'USD' },
  });
});

describe('BellyFat', () => {
  test('its revision is both version and time', () => {
    const at = Date.UTC(2026, 2, 1, 8, 15, 30, 125);
    expect(bellyfat.envelope(aBellyfatRow())).toMatchObject({
      envelope: { version: at, changedAt: at, kind: 'person' },
    });
    expect(bellyfat.envelope(aBellyfatOrganization())).toMatchObject({ envelope: { kind: 'organization' } });
  });

  test('a record that is both or neither of person and organisation has no kind', () => {
    for (const row of [aBellyfatRow({ person: null }), aBellyfatRow({ organization: { legalName: 'X' } })]) {
      expect(bellyfat.envelope(row)).toMatchObject({ ok: false, unreadable: [{ code: 'kind-unclear' }] });
    }
  });

  test('the primary phone, e-mail and address are read and others left alone', () => {
    expect(valuesOf(bellyfat.read(aBellyfatRow()))).toMatchObject({
      'phone.primary': '+12025550143',
      'email.primary': 'Zoe@Example.com',
      birthDate: '1980-02-29',
    });
  });

  test('its consent is true, false or unknown', () => {
    const consentOf = (consent: Json) => bellyfat.read(aBellyfatRow({ consent })).attributes['consent.marketing'];
    expect([consentOf(true)?.value, consentOf(false)?.value, consentOf(null)?.value]).toEqual(['yes', 'no', undefined]);
    expect(bellyfat.write('consent.marketing', 'person', 'no')).toMatchObject({ fields: { consent: false } });
  });

  test('an organisation has no birth date at all', () => {
    expect(bellyfat.read(aBellyfatOrganization()).attributes.birthDate).toBeUndefined();
  });
});

describe('a Febrl row, all texts and some empty', () => {
  const row = {
    rec_id: 'rec-7-dup-0',
    given_name: 'maeve',
    surname: '',
    street_number: '8',
    address_1: 'banksia lane',
    address_2: '',
    suburb: 'hilltop',
    postcode: '2999',
    state: 'nsw',
    date_of_birth: '19491331',
    soc_sec_id: '0000007',
  };

  test('is read, the broken date as unreadable', () => {
    const reading = febrl.read(row);
    expect(valuesOf(reading)).toEqual({
      name: { given: 'Maeve' },
      birthDate: undefined,
      'identifier.national': '0000007',
      'address.primary': {
        lines: ['8 Banksia Lane'],
        locality: 'Hilltop',
        region: 'NSW',
        postalCode: '2999',
        country: 'AU',
      },
    });
    expect(reading.unreadable).toMatchObject([{ path: 'date_of_birth', code: 'not-a-date' }]);
    expect(febrl.envelope(row)).toMatchObject({ envelope: { version: null, changedAt: null, kind: 'person' } });
  });

  test.each([
    ['8 Banksia Lane', '8', 'banksia lane'],
    ['4th Avenue', null, '4th avenue'],
    ['12-14B Banksia Lane', '12-14b', 'banksia lane'],
    ['8', '8', null],
    ['Banksia Lane', null, 'banksia lane'],
  ])('the line "%s" is written as the number %s and the street %s', (line, number, street) => {
    expect(febrl.write('address.primary', 'person', { lines: [line] })).toMatchObject({
      fields: { street_number: number, address_1: street, address_2: null },
    });
  });
});
