import { describe, expect, it } from 'vitest';
import { countToType, isEstimate } from './estimate.ts';

const shifts = (joins: number, parts: number, asks: number) =>
  (
    [
      ['joins', joins],
      ['parts', parts],
      ['asks', asks],
      ['settles', 900],
    ] as const
  ).map(([shift, pairs]) => {
    return { shift, pairs, samples: [] };
  });

describe('what a preview of matches asks for', () => {
  it('is nothing where few customers are put together or taken apart, however many questions come and go', () => {
    expect(countToType({ shifts: shifts(12, 12, 5_000) })).toBeNull();
  });

  it('is the count of pairs that join or part where these are many', () => {
    expect(countToType({ shifts: shifts(13, 12, 0) })).toBe(25);
  });

  it('is an estimate unless all records were looked at', () => {
    expect(isEstimate({ records: 2_000, of: 2_001 })).toBe(true);
    expect(isEstimate({ records: 2_000, of: 2_000 })).toBe(false);
  });
});
