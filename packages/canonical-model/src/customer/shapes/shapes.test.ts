import { expect, test } from 'vitest';
import type { Value } from '../attributes.ts';
import { modelAsShipped } from '../model/model.ts';
import { shapes, type ShapeId } from './shapes.ts';

const cases: [ShapeId, Value, string | null][] = [
  ['date', '2024-02-29', null],
  ['date', '2023-02-29', 'not-a-date'],
  ['date', '1900-02-29', 'not-a-date'],
  ['date', '2000-02-29', null],
  ['date', '2024-04-31', 'not-a-date'],
  ['date', '2024-13-01', 'not-a-date'],
  ['date', '29.02.2024', 'not-a-date'],
  ['phone', '+12025550143', null],
  ['phone', '12025550143', 'not-a-phone-number'],
  ['phone', '+02025550143', 'not-a-phone-number'],
  ['email', 'Jo@Example.com', null],
  ['email', 'jo', 'not-an-email'],
  ['email', 'jo@home@example.com', 'not-an-email'],
  ['email', '@example.com', 'not-an-email'],
  ['identifier', '5304218', null],
  ['identifier', ' 5304218', 'not-an-identifier'],
  ['identifier', 5304218, 'not-an-identifier'],
  ['name', { given: 'Jo' }, null],
  ['name', {}, 'not-a-name'],
  ['name', { given: '' }, 'not-a-name'],
  ['name', { nick: 'Jo' }, 'not-a-name'],
  ['name', 'Jo', 'not-a-name'],
  ['address', { lines: ['1 Elm St'] }, null],
  ['address', { lines: [] }, 'not-an-address'],
  ['address', { lines: '1 Elm St' }, 'not-an-address'],
  ['address', { locality: 'Chicago ' }, 'not-an-address'],
  ['instant', '2026-03-01T08:15:30.125Z', null],
  ['instant', '2026-03-01T08:15:30Z', 'not-an-instant'],
  ['instant', '2026-02-30T08:15:30.125Z', 'not-an-instant'],
  ['instant', '2026-03-01T09:15:30.125+01:00', 'not-an-instant'],
  ['instant', 1_700_000_000_000, 'not-an-instant'],
  ['count', 0, null],
  ['count', -12, null],
  ['count', 1.5, 'not-a-count'],
  ['count', 2 ** 53, 'not-a-count'],
  ['count', '12', 'not-a-count'],
  ['phase', 'dormant', null],
  ['phase', 'gone', 'not-a-phase'],
  ['yesNo', 'yes', null],
  ['yesNo', 'no', null],
  ['yesNo', 'unknown', 'not-a-consent'],
  ['yesNo', true, 'not-a-consent'],
  ['money', { amount: '2500.00', currency: 'USD' }, null],
  ['money', { amount: '-0.01', currency: 'USD' }, null],
  ['money', { amount: '-0.00', currency: 'USD' }, 'not-money'],
  ['money', { amount: '02500.00', currency: 'USD' }, 'not-money'],
  ['money', { amount: '2500', currency: 'USD' }, 'not-money'],
  ['money', { amount: 2500, currency: 'USD' }, 'not-money'],
  ['money', { amount: '2500.00' }, 'not-money'],
  ['money', { amount: '2500.00', currency: 'usd' }, 'not-money'],
];

test.each(cases)('a %s of %j gives %s', (shape, value, code) => {
  expect(shapes[shape].problem(value)?.code ?? null).toBe(code);
});

const items: [string, Value, string | null][] = [
  ['phones', { use: 'work', number: '+12025550143' }, null],
  ['phones', { use: 'work', number: '2025550143' }, 'not-an-item'],
  ['phones', { use: 'work' }, 'not-an-item'],
  ['emails', { address: 'jo@example.com', verified: false }, null],
  ['emails', { address: 'jo' }, 'not-an-item'],
  ['emails', { address: 'jo@example.com', verified: 'yes' }, 'not-an-item'],
  ['addresses', { use: 'home', lines: ['1 Elm St'] }, null],
  ['products', { sku: 'WASH-7', purchasedAt: '2025-03-01' }, null],
  ['products', { sku: 'WASH-7', purchasedAt: 'last May' }, 'not-an-item'],
  ['products', { serial: '17' }, 'not-an-item'],
  ['rights', { code: 'warranty', validFrom: '2025-03-01', validTo: '2026-02-28', status: 'active' }, null],
  ['rights', { code: 'warranty', validFrom: '2025' }, 'not-an-item'],
  ['rights', { code: 'warranty', validTo: '2026-02-30' }, 'not-an-item'],
  ['rights', { scope: '17' }, 'not-an-item'],
];

test.each(items)('an item of %s %j: %s', (list, value, code) => {
  expect(modelAsShipped.attributeOf(list).shape.problem(value)?.code ?? null).toBe(code);
});
