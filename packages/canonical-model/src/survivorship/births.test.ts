import { expect, it } from 'vitest';
import { SourceRecord, survived } from './fixtures.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** In minutes, as the records of these tests count. */
const today = Date.parse('2026-06-01') / 60_000;

it('a birth date that has not come loses to one that has, however late it was said, and the instant at which it comes is told', () => {
  const past = new SourceRecord('one', 1).came('birthDate', '1959-01-30', 1);
  const ahead = new SourceRecord('two', 2).came('birthDate', '2059-01-30', 9);
  const { attributes, recheckAt } = survived([past, ahead], { asOf: today });
  expect(attributes['birthDate']).toMatchObject({ value: '1959-01-30' });
  expect(attributes['birthDate']!.losers).toMatchObject([{ value: '2059-01-30', why: 'not-valid' }]);
  expect(recheckAt).toBe(Date.parse('2059-01-30') - (14 / 24) * dayMs);
});

it('alone it is shown, for somebody to mend, and a child of today is born', () => {
  const ahead = new SourceRecord('two', 2).came('birthDate', '2059-01-30', 9);
  expect(survived([ahead], { asOf: today }).attributes['birthDate']).toMatchObject({ value: '2059-01-30' });
  const child = new SourceRecord('one', 1).came('birthDate', '2026-06-01', 9);
  const other = new SourceRecord('two', 2).came('birthDate', '2026-05-01', 1);
  expect(survived([child, other], { asOf: today }).attributes['birthDate']).toMatchObject({ value: '2026-06-01' });
});
