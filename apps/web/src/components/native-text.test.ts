import { expect, it } from 'vitest';
import { nativeFields, nativeText } from './native-text.ts';

it.each([
  ['ANDRE', 'ANDRE'],
  ['', 'an empty text'],
  [null, 'nothing'],
  [false, 'false'],
  [250000, '250000'],
  [{ currency: 'USD', amount: '1.00' }, '{"amount":"1.00","currency":"USD"}'],
  [[{ b: 1, a: 2 }], '[{"a":2,"b":1}]'],
])('%j reads %s', (value, text) => {
  expect(nativeText(value)).toBe(text);
});

it('fields stand with their paths', () => {
  expect(nativeFields({ st: 'VT', zip: null })).toBe('st: VT · zip: nothing');
});
