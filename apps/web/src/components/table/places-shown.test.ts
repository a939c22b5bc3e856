import { describe, expect, it } from 'vitest';
import { placeAfterKey, placesShown } from './places-shown.ts';

const view = { startIndex: 500, endIndex: 510, overscan: 5, count: 5_000 };

describe('the rows that stand in the page', () => {
  it('are all of a short list', () => {
    expect(placesShown({ startIndex: 0, endIndex: 9, overscan: 5, count: 100 }, null)).toHaveLength(100);
  });

  it('are those in view and near it of a long one', () => {
    const places = placesShown(view, null);
    expect([places.at(0), places.at(-1), places.length]).toEqual([495, 515, 21]);
  });

  it('are joined by the row that has the focus, in the order of the list', () => {
    expect(placesShown(view, 3).slice(0, 2)).toEqual([3, 495]);
    expect(placesShown(view, 4_000).at(-1)).toBe(4_000);
    expect(placesShown(view, 500)).toHaveLength(21);
  });

  it('forget a row that the list no longer has', () => {
    expect(placesShown(view, 5_000)).toHaveLength(21);
  });
});

describe('a key on a row', () => {
  it.each([
    ['ArrowDown', 7, 8],
    ['ArrowUp', 7, 6],
    ['PageDown', 7, 17],
    ['PageUp', 7, 0],
    ['Home', 7, 0],
    ['End', 7, 19],
    ['ArrowDown', 19, 19],
    ['Tab', 7, null],
  ])('%s leads from row %i to %s of twenty', (key, from, to) => {
    expect(placeAfterKey(key, from, 20)).toBe(to);
  });
});
