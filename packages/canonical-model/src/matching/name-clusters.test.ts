import { describe, expect, it } from 'vitest';
import { nameClusters } from './name-clusters.ts';

describe('the names of customers (rule 22)', () => {
  it('a cluster is the customer of its founding record; of two the one founded first; without any a new one', () => {
    const founded = [
      { customerId: 7, founder: 3 },
      { customerId: 8, founder: 1 },
    ];
    expect(nameClusters([[1, 2, 3], [4]], founded)).toEqual([
      { customerId: 7, founder: 3, records: [1, 2, 3] },
      { customerId: null, founder: 4, records: [4] },
    ]);
  });
});
