import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../facts/fixtures.ts';
import { cutText, isTornFrom, withoutTornEnd } from './cut-text.ts';

describe('cutting a text', () => {
  it.each([
    ['Robin😀x', 6, 'Robin'],
    ['Robin😀x', 7, 'Robin😀'],
    ['abcde𠮷田', 6, 'abcde'],
    ['Jose\u0301 Luis', 4, 'Jos'],
    ['Jose\u0301 Luis', 5, 'Jose\u0301'],
    ['Ada 👩‍👩‍👧', 9, 'Ada '],
    ['ok 👍🏽!', 5, 'ok '],
    ['Zoë Byron', 3, 'Zoë'],
    ['😀', 1, ''],
    ['🇩🇪🇫🇷', 6, '🇩🇪'],
  ])('of %j to %i keeps %j', (text, length, kept) => {
    expect(cutText(text, length)).toBe(kept);
  });

  it('never cuts a letter in half, and never keeps more than there is room for', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (whole, length) => {
        const kept = cutText(whole, length);
        expect(kept.length).toBeLessThanOrEqual(length);
        expect(whole.startsWith(kept)).toBe(true);
        expect(kept.isWellFormed()).toBe(true);
        expect(cutText(kept, length)).toBe(kept);
      }),
      propertyRuns,
    );
  });
});

describe('a text that was cut within a letter', () => {
  it.each([
    ['Robin\uD83D', 'Robin😀x', true],
    ['Robin\uFFFD', 'Robin😀x', true],
    ['Robin\uFFFD\uFFFD', 'Robin😀x', true],
    ['Zo\uFFFD', 'Zoë', true],
    ['Robin\uFFFD', 'Robinson', false],
    ['Robin\uFFFD', 'Robin', false],
    ['Robert\uFFFD', 'Robin😀x', false],
    ['Robin', 'Robin😀x', false],
    ['Robin😀', 'Robin😀x', false],
  ])('%j is made of %j: %s', (text, whole, is) => {
    expect(isTornFrom(text, whole)).toBe(is);
  });

  it('a whole emoji at the end is not torn', () => {
    expect(withoutTornEnd('Robin😀')).toBeNull();
    expect(withoutTornEnd('')).toBeNull();
  });
});
