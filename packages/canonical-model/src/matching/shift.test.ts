import { describe, expect, it } from 'vitest';
import { shiftOf, type MatchShift } from './shift.ts';
import type { MatchGrade } from './grade.ts';

type Grade = MatchGrade | null;

describe('what another model makes of two records', () => {
  it.each<[boolean, Grade, Grade, MatchShift | null]>([
    [true, 'same', 'same', null],
    [true, 'same', 'maybe', 'parts'],
    [true, 'same', null, 'parts'],
    // Others hold them together today: they need not carry it themselves.
    [true, 'maybe', null, null],
    [true, null, 'same', null],
    [false, null, null, null],
    [false, null, 'maybe', 'asks'],
    [false, null, 'same', 'joins'],
    [false, 'maybe', 'same', 'joins'],
    [false, 'maybe', 'maybe', null],
    [false, 'maybe', null, 'settles'],
    // Something keeps them apart today and goes on keeping them apart; without a weight nobody asks about them.
    [false, 'same', 'same', null],
    [false, 'same', 'maybe', null],
    [false, 'same', null, 'settles'],
  ])('one customer today: %s, graded %s and then %s: %s', (areOne, before, after, shift) => {
    expect(shiftOf({ before, after, areOne })).toBe(shift);
  });
});
