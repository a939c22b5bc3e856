import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { titleCase } from './title-case.ts';

const cases: [string, string][] = [
  ["O'BRIEN-SMITH, JOHN Q", "O'Brien-Smith, John Q"],
  ["ST. MARY'S HOSPITAL", "St. Mary's Hospital"],
  ['D’ANGELO', 'D’Angelo'],
  ['GARCÍA-LÓPEZ', 'García-López'],
  ['12 4TH AVENUE', '12 4th Avenue'],
  ['ÉLISE', 'Élise'],
  ['', ''],
];

describe('title case', () => {
  test.each(cases)('%s becomes %s', (upper, titled) => {
    expect(titleCase(upper)).toBe(titled);
  });

  test('raised again it is the text that it was, for every text in capitals', () => {
    const capitals = fc
      .string({ unit: 'binary' })
      .map((text) => text.toUpperCase())
      .filter((text) => text.toUpperCase() === text);
    fc.assert(
      fc.property(capitals, (text) => {
        expect(titleCase(text).toUpperCase()).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('lowered again it is the text that it was, for text without capitals', () => {
    const text = fc
      .string({ unit: fc.constantFrom(..."abc éßx-'’ 12,") })
      .filter((each) => each === each.toLowerCase());
    fc.assert(
      fc.property(text, (each) => {
        expect(titleCase(each).toLowerCase()).toBe(each);
      }),
    );
  });
});
