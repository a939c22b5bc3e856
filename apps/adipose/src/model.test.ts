import { type NativeModel, planWrite } from '@cinch/system-adapter/reference-system';
import { expect, test } from 'vitest';
import { adiposeModel } from './model.ts';

const now = Date.UTC(2026, 0, 1);
const plan = (fields: Parameters<typeof planWrite>[2], before: Parameters<typeof planWrite>[1] = null) =>
  planWrite(adiposeModel as NativeModel, before, fields, now);
const aCustomer = (fields = {}) => {
  const planned = plan({ cust_type: 'P', name: 'SMITH, JOHN Q', ...fields });
  if (planned.kind !== 'changed') throw new Error(JSON.stringify(planned));
  return adiposeModel.revise(planned.data, 'A-100001', null, now).data;
};

test.each([
  ['name', '  Smith, John q ', 'SMITH, JOHN Q'],
  ['name', 'Montgomery-Ashworth, Kaito B', 'MONTGOMERY-ASHWORTH, KAI'],
  ['name', 'Montgomery, Christopher A', 'MONTGOMERY, CHRISTOPHER'],
  ['name', 'Featherstonehaugh-Smiths, Ann', 'FEATHERSTONEHAUGH-SMITHS'],
  ['name', 'Gallagher-Featherstone, Ann', 'GALLAGHER-FEATHERSTONE, '.slice(0, 22)],
  ['phone', '(202) 555-0143', '2025550143'],
  ['phone', '  ', null],
  ['email', ' Ana@Example.COM ', 'ana@example.com'],
  ['addr1', '12345 Northumberland Gardens Pkwy', '12345 NORTHUMBERLAND GARDENS P'],
  ['city', 'Rancho Santa Margarita', 'RANCHO SANTA MARGARI'],
  ['st', 'il', 'IL'],
  ['zip', '627011234', '62701-1234'],
  ['status', 'i', 'I'],
  ['email', null, null],
])('keeps %s "%s" as "%s"', (column, sent, stored) => {
  expect(aCustomer({ [column]: sent })[column]).toBe(stored);
});

test.each([
  ['phone', '555-0143', 'phone-not-10-digits'],
  ['phone', '+12025550143', 'phone-not-10-digits'],
  ['phone', 2025550143, 'not-text'],
  ['email', 'ana.example.com', 'email-invalid'],
  ['email', 'a@b@c', 'email-invalid'],
  ['st', 'Illinois', 'state-invalid'],
  ['zip', '6270', 'zip-invalid'],
  ['name', ' ', 'name-required'],
  ['name', null, 'name-required'],
  ['status', 'X', 'status-unknown'],
  ['mkt_ok', null, 'consent-unknown'],
  ['loyalty_pts', 1.5, 'not-a-whole-number'],
  ['acct_no', 'A-1', 'read-only'],
  ['ver', 7, 'read-only'],
  ['cust_type', 'B', 'type-fixed'],
  ['birth_date', '1980-01-01', 'unknown-field'],
  ['name.first', 'JOHN', 'unknown-field'],
  ['constructor', 'x', 'unknown-field'],
])('refuses %s %j with %s', (column, sent, code) => {
  expect(plan({ [column]: sent }, aCustomer())).toMatchObject({ kind: 'refused', refused: [{ path: column, code }] });
});

test('a business keeps its name as it is written, in upper case', () => {
  expect(aCustomer({ cust_type: 'B', name: 'Willow & Sons, Inc' })).toMatchObject({ name: 'WILLOW & SONS, INC' });
});

test('a customer without name or type is not created', () => {
  expect(plan({ phone: '2025550143' })).toMatchObject({
    kind: 'refused',
    refused: [{ code: 'name-required' }, { code: 'type-unknown' }],
  });
});

test('each change counts the version up by one and sets the time in whole seconds', () => {
  const first = adiposeModel.revise(aCustomer(), 'A-100001', null, now + 999);
  expect(first).toMatchObject({ version: 1, changedAt: '2026-01-01T00:00:00.000Z', data: { ver: 1, upd: now / 1000 } });
  const second = adiposeModel.revise(first.data, 'A-100001', { ...first, delivery: null }, now + 5_000);
  expect(second).toMatchObject({ version: 2, data: { ver: 2, upd: now / 1000 + 5 } });
});
