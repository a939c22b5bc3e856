import { describe, expect, it } from 'vitest';
import { isEstimate } from './estimate.ts';

describe('the pairs of a preview of matches', () => {
  it('are an estimate unless all records were looked at', () => {
    expect(isEstimate({ records: 2_000, of: 2_001 })).toBe(true);
    expect(isEstimate({ records: 2_000, of: 2_000 })).toBe(false);
  });
});
