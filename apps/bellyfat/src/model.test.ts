import { type Json, readPath } from '@cinch/system-adapter';
import { planWrite } from '@cinch/system-adapter/reference-system';
import { expect, test } from 'vitest';
import { bellyfatModel } from './model.ts';

const now = Date.UTC(2026, 0, 1);
type Fields = Record<string, Json>;
const plan = (fields: Fields, before: Fields | null = null) => planWrite(bellyfatModel, before, fields, now);
function written(fields: Fields, before: Fields | null = null): Fields {
  const planned = plan(fields, before);
  if (planned.kind !== 'changed' || planned.refused.length > 0) throw new Error(JSON.stringify(planned));
  return bellyfatModel.revise(planned.data, 'bf_0000001', null, now).data;
}
const aPerson = (fields: Fields = {}) => written({ 'person.given': 'Ana', 'person.family': 'Quiñones', ...fields });

test.each([
  ['person.family', ' de  la Cruz ', 'de la Cruz'],
  ['person.middle', '', null],
  ['birthDate', '1984-02-29', '1984-02-29'],
  ['phones[primary=true].e164', '+1 (202) 555-0143', '+12025550143'],
  ['emails[primary=true].address', ' Ana@Example.com ', 'Ana@Example.com'],
  ['addresses[primary=true].lines', [' 12  Main St ', ' '], ['12 Main St']],
  ['addresses[primary=true].postalCode', '62701-1234', '62701-1234'],
  ['lifecycle', 'dormant', 'dormant'],
  ['consent', false, false],
  ['creditLimit.amount', '2500.00', '2500.00'],
  ['creditLimit', { amount: '2500.00' }, { amount: '2500.00', currency: 'USD' }],
  ['creditLimit', null, null],
  ['creditLimit.currency', null, null],
  ['products[sku=KB-016].name', ' Kettlebell ', 'Kettlebell'],
  ['products[sku=KB-016].colour', { of: 'handle' }, { of: 'handle' }],
  [
    'products[sku="KB-016",serial=null]',
    { sku: 'KB-016', name: ' Kettlebell ', serial: null },
    { sku: 'KB-016', name: 'Kettlebell', purchasedAt: null, serial: null },
  ],
  ['rights', null, []],
])('keeps %s %j as %j', (path, sent, stored) => {
  expect(readPath(aPerson({ [path]: sent }), path)).toEqual(stored);
});

test.each([
  ['person.family', ' ', 'name-required'],
  ['person.family', null, 'name-required'],
  ['birthDate', '1984-02-30', 'birth-date-implausible'],
  ['birthDate', '2026-01-02', 'birth-date-implausible'],
  ['birthDate', '1899-12-31', 'birth-date-implausible'],
  ['birthDate', '17 May 1984', 'birth-date-implausible'],
  ['phones[primary=true].e164', '2025550143', 'phone-invalid'],
  ['emails[primary=true].address', 'ana', 'email-invalid'],
  ['addresses[primary=true].postalCode', '6270', 'postal-code-invalid'],
  ['addresses[primary=true].lines', '12 Main St', 'not-lines'],
  ['phones[primary=true].number', '+12025550143', 'unknown-field'],
  ['phones[colour=red].e164', '+12025550143', 'unknown-field'],
  ['phones[constructor=red].e164', '+12025550143', 'unknown-field'],
  ['organization.legalName', 'Acme', 'kind-fixed'],
  ['customerId', 'bf_9', 'read-only'],
  ['nickname', 'Annie', 'unknown-field'],
  ['toString', 'x', 'unknown-field'],
  ['lifecycle', 'gone', 'lifecycle-unknown'],
  ['consent', 'yes', 'not-a-flag'],
  ['creditLimit', { currency: 'USD' }, 'not-a-credit-limit'],
  ['creditLimit.currency', 'EUR', 'currency-unknown'],
  ['products', { sku: 'KB-016' }, 'not-a-list'],
  ['products', ['KB-016'], 'not-an-object'],
  ['products', [{ sku: ' ' }], 'code-required'],
  ['products', [{ name: 'Kettlebell' }], 'code-required'],
  [
    'products',
    [
      { sku: 'KB-016', serial: null },
      { sku: 'KB-016', serial: '' },
    ],
    'item-twice',
  ],
  ['products[sku=KB-016].purchasedAt', 'last May', 'date-invalid'],
  ['products[sku=16].name', 'Kettlebell', 'code-required'],
  ['products[sku="KB-016",serial=null]', 'Kettlebell', 'not-an-object'],
  ['products[sku=" KB-016",serial=null]', { name: 'Kettlebell' }, 'not-as-kept'],
  ['phones[primary=false,use="work",e164="2025550143"]', { note: 'x' }, 'phone-invalid'],
  ['products[colour=red].name', 'Kettlebell', 'unknown-field'],
  ['rights[code=warranty].validTo', '2026-02-30', 'date-invalid'],
  ['phones[use= work].e164', '+12025550143', 'not-as-kept'],
])('refuses %s %j with %s', (path, sent, code) => {
  expect(plan({ [path]: sent }, aPerson())).toMatchObject({ kind: 'refused', refused: [{ path, code }] });
});

test('which of the two objects is there makes the kind', () => {
  expect(Object.keys(aPerson())).not.toContain('organization');
  const business = written({ 'organization.legalName': 'Alder Books Inc' });
  expect(business).toMatchObject({ organization: { legalName: 'Alder Books Inc', tradingAs: null } });
  expect(Object.keys(business)).not.toContain('person');
  expect(plan({ 'person.family': 'A', 'organization.legalName': 'B' })).toMatchObject({
    kind: 'refused',
    refused: [{ code: 'kind-ambiguous' }],
  });
});

test('a new element of a list gets the use other, and is primary when it is the first', () => {
  const { phones } = aPerson({ 'phones[use=work].e164': '+12025550143' });
  expect(phones).toEqual([{ e164: '+12025550143', use: 'work', primary: true }]);
  const { emails } = aPerson({ 'emails[primary=true].address': 'a@example.com' });
  expect(emails).toEqual([{ address: 'a@example.com', use: 'other', verified: false, primary: true }]);
});

test('when the primary element goes, the next one takes its place', () => {
  const before = aPerson({
    phones: [
      { e164: '+12025550143', use: 'home', primary: true },
      { e164: '+12025550144', use: 'work' },
    ],
  });
  for (const path of ['phones[primary=true]', 'phones[primary=true].e164']) {
    expect(written({ [path]: null }, before).phones).toEqual([{ e164: '+12025550144', use: 'work', primary: true }]);
  }
});

test('a changed e-mail is no longer verified, an unchanged one stays so', () => {
  const before = aPerson({ emails: [{ address: 'a@example.com', verified: true }] });
  expect(before.emails).toMatchObject([{ verified: true }]);
  expect(written({ 'person.given': 'Anna' }, before).emails).toMatchObject([{ verified: true }]);
  expect(written({ 'emails[primary=true].address': 'b@example.com' }, before).emails).toMatchObject([
    { verified: false },
  ]);
});

test('an item has all its members, and keeps those that BellyFat does not know', () => {
  const { products } = aPerson({ products: [{ colour: 'red', sku: 'KB-016', purchasedAt: '2025-03-01' }] });
  expect(JSON.stringify(products)).toBe(
    '[{"sku":"KB-016","name":null,"purchasedAt":"2025-03-01","serial":null,"colour":"red"}]',
  );
});

const further = {
  phones: ['phones[primary=false,use="work",e164="+12025550144"]', { e164: '+12025550144', use: 'work' }],
  emails: ['emails[primary=false,use="work",address="b@example.com"]', { verified: false }],
  addresses: ['addresses[primary=false,use="work",lines=["1 Elm St"],postalCode="62701"]', { locality: 'Springfield' }],
  products: ['products[sku="KB-016",serial=null]', { name: 'Kettlebell', purchasedAt: '2025-03-01' }],
  rights: ['rights[code="warranty",scope="KB-016"]', { status: 'active', validTo: null }],
} as const satisfies Record<string, readonly [string, Json]>;

test.each(Object.entries(further))(
  'an item of %s is added, changed and removed by its key alone',
  (list, [path, item]) => {
    const before = aPerson({
      phones: [{ e164: '+12025550143', use: 'home', primary: true }],
      emails: [{ address: 'a@example.com', primary: true }],
      addresses: [{ lines: ['12 Main St'], primary: true }],
      products: [{ sku: 'KB-016', serial: '7', colour: 'red' }],
      rights: [{ code: 'warranty', scope: null }],
    });
    const added = written({ [path]: item }, before);
    expect(added[list]).toMatchObject([(before[list] as Json[])[0], item]);
    expect((added[list] as Json[]).length).toBe(2);
    expect(plan({ [path]: item }, added).kind).toBe('unchanged');
    expect(written({ [path]: null }, added)).toEqual(before);
    expect(plan({ [path]: null }, before).kind).toBe('unchanged');
  },
);

test('an item that is written again keeps the members that were not written', () => {
  const before = aPerson({ products: [{ sku: 'KB-016', serial: null, name: 'Kettlebell', colour: 'red' }] });
  const { products } = written({ 'products[sku="KB-016",serial=null]': { purchasedAt: '2025-03-01' } }, before);
  expect(products).toEqual([
    { sku: 'KB-016', serial: null, name: 'Kettlebell', colour: 'red', purchasedAt: '2025-03-01' },
  ]);
});

test('a postal code is judged by the country of its address', () => {
  const fields = { 'addresses[primary=true].postalCode': 'SW1A 1AA', 'addresses[primary=true].locality': 'London' };
  expect(plan(fields, aPerson())).toMatchObject({ refused: [{ code: 'postal-code-invalid' }] });
  expect(written({ ...fields, 'addresses[primary=true].country': 'gb' }, aPerson()).addresses).toMatchObject([
    { postalCode: 'SW1A 1AA', country: 'GB' },
  ]);
});

test('the revision grows even when the clock does not', () => {
  const first = bellyfatModel.revise(aPerson(), 'bf_0000001', null, now);
  const second = bellyfatModel.revise(first.data, 'bf_0000001', { ...first, delivery: null }, now - 60_000);
  expect(second).toMatchObject({ version: now + 1, data: { revision: '2026-01-01T00:00:00.001Z' } });
});
