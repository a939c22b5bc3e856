import { expect, test } from 'vitest';
import type { AttributeShape, Value } from './attributes.ts';
import { valueProblem } from './canonical-value.ts';

const cases: [AttributeShape, Value | null, string | null][] = [
  ['date', '2024-02-29', null],
  ['date', '2023-02-29', 'not-a-date'],
  ['date', '1900-02-29', 'not-a-date'],
  ['date', '2000-02-29', null],
  ['date', '2024-04-31', 'not-a-date'],
  ['date', '2024-13-01', 'not-a-date'],
  ['date', '29.02.2024', 'not-a-date'],
  ['e164', '+12025550143', null],
  ['e164', '12025550143', 'not-a-phone-number'],
  ['e164', '+02025550143', 'not-a-phone-number'],
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
  ['address', null, null],
];

test.each(cases)('a %s of %j gives %s', (shape, value, code) => {
  expect(valueProblem(shape, value)?.code ?? null).toBe(code);
});
