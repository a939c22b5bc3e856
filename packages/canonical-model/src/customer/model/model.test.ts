import { expect, test } from 'vitest';
import type { AttributeId, Value } from '../attributes.ts';
import { modelAsShipped } from './model.ts';

const cases: [AttributeId, Value | null, string][] = [
  ['name', { given: 'Alexandra', middle: 'Q', family: 'Smith' }, 'Alexandra Q. Smith'],
  ['name', { given: 'Alexandra', middle: 'Quincy', family: 'Smith' }, 'Alexandra Quincy Smith'],
  ['name', { family: 'Smith' }, 'Smith'],
  ['name', { legal: 'Blue Harbor LLC', tradingAs: 'Blue Harbor' }, 'Blue Harbor LLC (Blue Harbor)'],
  ['name', { tradingAs: 'Blue Harbor' }, 'Blue Harbor'],
  [
    'address.primary',
    { lines: ['12 Main St'], locality: 'Springfield', region: 'IL', postalCode: '62701' },
    '12 Main St, Springfield IL 62701',
  ],
  [
    'address.primary',
    { lines: ['12 Main St', 'Apt 4'], locality: 'Springfield', country: 'US' },
    '12 Main St, Apt 4, Springfield, US',
  ],
  ['phone.primary', '+12025550143', '+1 202-555-0143'],
  ['phone.primary', '+442079460000', '+442079460000'],
  ['birthDate', '1980-01-31', '1980-01-31'],
  ['email.primary', null, 'none'],
  ['lifecycle', 'dormant', 'dormant'],
  ['consent.marketing', 'no', 'no'],
  ['creditLimit', { amount: '1234567.80', currency: 'USD' }, '1,234,567.80 USD'],
  ['points', -12_345, '-12,345'],
  ['lastTransaction', '2026-03-01T08:15:30.000Z', '2026-03-01 08:15:30 UTC'],
  ['lastTransaction', '2026-03-01T08:15:30.125Z', '2026-03-01 08:15:30.125 UTC'],
  ['phones:["work","+12025550199"]', { use: 'work', number: '+12025550199' }, '+1 202-555-0199 (work)'],
  ['phones:[null,"+442079460000"]', { number: '+442079460000' }, '+442079460000'],
  [
    'emails:["home","jo@example.com"]',
    { use: 'home', address: 'jo@example.com', verified: false },
    'jo@example.com (home, not verified)',
  ],
  ['emails:[null,"jo@example.com"]', { address: 'jo@example.com', verified: true }, 'jo@example.com (verified)'],
  [
    'addresses:["work",["1 Elm St"],"62701"]',
    { use: 'work', lines: ['1 Elm St'], postalCode: '62701' },
    '1 Elm St, 62701 (work)',
  ],
  [
    'products:["KB-016","17"]',
    { sku: 'KB-016', name: 'Kettlebell', serial: '17', purchasedAt: '2025-03-01' },
    'Kettlebell (KB-016, serial 17), bought 2025-03-01',
  ],
  ['products:["KB-016",null]', { sku: 'KB-016' }, 'KB-016'],
  [
    'rights:["warranty","17"]',
    { code: 'warranty', scope: '17', validFrom: '2025-03-01', validTo: '2026-02-28', status: 'active' },
    'warranty for 17 from 2025-03-01 to 2026-02-28 (active)',
  ],
  ['rights:["warranty",null]', { code: 'warranty' }, 'warranty'],
];

test.each(cases)('%s %j is shown as "%s"', (attribute, value, text) => {
  expect(modelAsShipped.words(attribute, value)).toBe(text);
});

test('two addresses that differ in the country alone are shown differently', () => {
  const address = { lines: ['1 High St'], locality: 'Perth' };
  expect(modelAsShipped.words('address.primary', { ...address, country: 'GB' })).not.toBe(
    modelAsShipped.words('address.primary', { ...address, country: 'AU' }),
  );
});
