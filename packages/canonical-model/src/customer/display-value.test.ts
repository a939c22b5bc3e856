import { expect, test } from 'vitest';
import type { AttributeId, Value } from './attributes.ts';
import { displayValue } from './display-value.ts';

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
];

test.each(cases)('%s %j is shown as "%s"', (attribute, value, text) => {
  expect(displayValue(attribute, value)).toBe(text);
});

test('two addresses that differ in the country alone are shown differently', () => {
  const address = { lines: ['1 High St'], locality: 'Perth' };
  expect(displayValue('address.primary', { ...address, country: 'GB' })).not.toBe(
    displayValue('address.primary', { ...address, country: 'AU' }),
  );
});
