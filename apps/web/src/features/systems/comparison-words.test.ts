import { expect, it } from 'vitest';
import { setInWords, setsOf, waysFor, waysOf } from './comparison-words.ts';

it('attributes of one way are one set, and what is compared in every row is in none', () => {
  const ways = { name: 'whole', 'phone.primary': '10', points: 'never', 'email.primary': '10' };
  const sets = setsOf(ways);
  expect(sets).toEqual([
    { compared: 'sample', share: 10, attributes: ['phone.primary', 'email.primary'] },
    { compared: 'never', attributes: ['points'] },
  ]);
  expect(waysOf(sets)).toEqual({ 'phone.primary': '10', 'email.primary': '10', points: 'never' });
});

it('a share that is not on the list can be kept', () => {
  expect(waysFor('33').map(({ value }) => value)).toContain('33');
  expect(waysFor('whole').map(({ value }) => value)).toEqual(['whole', '50', '25', '10', '5', '2', '1', 'never']);
});

it('says of which attributes, in how many rows, and when all were looked at', () => {
  const say = (set: Parameters<typeof setInWords>[0]) => setInWords(set, (id) => id.toUpperCase());
  expect(say({ compared: 'sample', share: 30, attributes: ['a', 'b'] })).toBe(
    'Looked for in 30\u00a0% of the rows, in each within 4 refreshes: drift of A, B.',
  );
  expect(say({ compared: 'never', attributes: ['a'] })).toBe('Not looked for at all: drift of A.');
});
