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

  it('of two ids that were handed on to one record the older names its customer', () => {
    const founded = [
      { customerId: 9, founder: 5 },
      { customerId: 8, founder: 5 },
    ];
    expect(nameClusters([[4, 5]], founded)).toEqual([{ customerId: 8, founder: 5, records: [4, 5] }]);
  });
});
