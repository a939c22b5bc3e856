import { describe, expect, it } from 'vitest';
import { weightColumns } from './weight-columns.ts';

describe('the columns of the scale of weights', () => {
  it('stand for each bit, empty ones too, and begin below the lowest mark', () => {
    const columns = weightColumns([{ bits: 2, together: 5, apart: 1 }], [-2.5, -1]);
    expect(columns.map(({ bits }) => bits)).toEqual([-4, -3, -2, -1, 0, 1, 2]);
    expect(columns.at(-1)).toEqual({ bits: 2, together: 5, apart: 1, isLast: true });
  });

  it('keep every pair: what is far above is in the last one', () => {
    const bins = [0, 20, 30, 31, 47].map((bits) => ({ bits, together: 1, apart: 0 }));
    const columns = weightColumns(bins, [0]);
    expect(columns.at(-1)).toMatchObject({ bits: 30, together: 3, isLast: true });
    expect(columns.reduce((sum, { together }) => sum + together, 0)).toBe(5);
  });

  it('have room for marks where there are no pairs', () => {
    expect(weightColumns([], [-2.5, 6.2]).map(({ bits }) => bits)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
