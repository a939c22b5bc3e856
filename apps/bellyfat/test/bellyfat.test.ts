import type { RunningSystem } from '@cinch/system-adapter/reference-system';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { createBellyfat } from '../src/index.ts';

interface Customer {
  customerId: string;
  person?: { given: string; family: string };
  organization?: { legalName: string };
  phones: { e164: string; use: string; primary: boolean }[];
  emails: { primary: boolean }[];
  addresses: { lines: string[]; primary: boolean }[];
  products: unknown[];
  revision: string;
}

let database: TestDatabase;
let bellyfat: RunningSystem;
let customers: Customer[];

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'));
  bellyfat = await createBellyfat({ databaseUrl: database.url, adapterToken: 'a-token-for-tests-only', demo: true });
  customers = ((await (await get('/api/customers')).json()) as { customers: Customer[] }).customers;
});
afterAll(async () => {
  await bellyfat.stop();
  await database.drop();
});

const get = (path: string) => fetch(bellyfat.url + path);
const read = async (key: string) => (await (await get(`/api/customers/${key}`)).json()) as Customer;
const aPerson = () =>
  customers.find((each) => each.person && each.phones.length > 1 && each.addresses.length > 0) as Customer;
async function patch(key: string, body: unknown) {
  const response = await fetch(`${bellyfat.url}/api/customers/${key}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Customer };
}
async function submit(key: string, form: Record<string, string>) {
  const page = await (await get(`/customers/${key}`)).text();
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
  const url = `${bellyfat.url}/customers/${key}`;
  return fetch(url, { method: 'POST', body: new URLSearchParams({ version, ...form }), redirect: 'manual' });
}

test('each demo customer is a person or an organization, and has one primary of each of its lists', () => {
  expect(customers.length).toBe(200);
  for (const each of customers) {
    expect(Boolean(each.person) !== Boolean(each.organization)).toBe(true);
    for (const list of [each.phones, each.emails, each.addresses]) {
      expect(list.filter((element) => element.primary).length).toBe(Math.min(1, list.length));
    }
  }
  expect(customers.some((each) => each.products.length > 0)).toBe(true);
});

test('a merge patch changes the members that it names and nothing else', async () => {
  const { customerId: key, ...before } = aPerson();
  const { body } = await patch(key, { person: { given: 'Ada' } });
  expect(body).toEqual({
    ...before,
    customerId: key,
    person: { ...before.person, given: 'Ada' },
    revision: body.revision,
  });
  expect(body.revision > before.revision).toBe(true);
});

test('a list can be replaced whole, and one element changed by its path', async () => {
  const { customerId: key, phones } = aPerson();
  const replaced = await patch(key, { phones: [{ e164: '+13125550177', use: 'home' }] });
  expect(replaced.body.phones).toEqual([{ e164: '+13125550177', use: 'home', primary: true }]);
  expect((await patch(key, { 'phones[use=home].e164': '+13125550178' })).body.phones[0]?.e164).toBe('+13125550178');
  expect((await patch(key, { phones })).body.phones).toEqual(phones);
  expect(await patch(key, { phones: [{ e164: '12' }] })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'phones', code: 'phone-invalid' }] },
  });
});

test('the page changes the primary phone and leaves the other one', async () => {
  const { customerId: key, phones } = await read(aPerson().customerId);
  const saved = await submit(key, { 'phones[primary=true].e164': '+1 312 555 0188' });
  expect(saved.status).toBe(303);
  expect((await read(key)).phones).toEqual([{ ...phones[0], e164: '+13125550188' }, ...phones.slice(1)]);
  const page = await (await get(saved.headers.get('location') ?? '')).text();
  expect(page).toMatch(/Saved, version \d{13}/);
  expect(page).toMatch(/<label for="(field-\d+)">Phone<\/label>\s*<input\s+id="\1"[^>]* value="\+13125550188"/);
});

test('a form that comes back as it was shown changes nothing', async () => {
  const before = await read(aPerson().customerId);
  const form = { 'addresses[primary=true].lines': before.addresses[0]?.lines.join('\r\n') ?? '', consent: '' };
  await submit(before.customerId, { ...form, consent: String((before as { consent?: unknown }).consent ?? '') });
  expect(await read(before.customerId)).toEqual(before);
});

test('address lines are typed one a line', async () => {
  const { customerId: key } = aPerson();
  await submit(key, { 'addresses[primary=true].lines': '1 Main St\r\n\r\nApt 2' });
  expect((await read(key)).addresses[0]?.lines).toEqual(['1 Main St', 'Apt 2']);
});

test('products and rights are typed one a line, and an item keeps what the page does not show', async () => {
  const { customerId: key } = aPerson();
  const kettlebell = { sku: 'KB-016', name: 'Kettlebell', purchasedAt: '2025-03-01', serial: null };
  await patch(key, { products: [{ ...kettlebell, colour: 'red' }], rights: [] });
  const shown = 'KB-016 | Kettlebell | 2025-03-01 | ';
  expect(await (await get(`/customers/${key}`)).text()).toContain(`>${shown}</textarea>`);
  await submit(key, { products: `KB-016|Kettlebell, 16 kg|2025-03-01\r\n\r\nBT-015`, rights: 'warranty | all' });
  expect(await read(key)).toMatchObject({
    products: [
      { ...kettlebell, name: 'Kettlebell, 16 kg', colour: 'red' },
      { sku: 'BT-015', name: null, purchasedAt: null, serial: null },
    ],
    rights: [{ code: 'warranty', scope: 'all', validFrom: null, validTo: null, status: null }],
  });
  expect((await submit(key, { products: 'a | b | 2025-03-01 | d | e' })).status).toBe(422);
});

test('search finds by a part of a phone number', async () => {
  const { customerId, phones } = await read(aPerson().customerId);
  const response = await get(`/api/customers?search=${phones[1]?.e164.slice(3)}`);
  const found = (await response.json()) as { customers: Customer[] };
  expect(found.customers.map((each) => each.customerId)).toContain(customerId);
});
