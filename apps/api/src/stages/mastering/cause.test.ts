import { describe, expect, it } from 'vitest';
import { causesOf } from './cause.ts';

const push = { kind: 'push', runId: null } as const;
const told = (customerId: number, sourceId: string, batchId: number) => ({
  customerId,
  system: 'adipose',
  sourceId,
  batchId,
});

describe('why a customer moved', () => {
  it('names its own touched record, the first by name of several, whoever came first', () => {
    const touched = [told(1, 'A-2', 8), told(1, 'A-1', 7), told(2, 'A-3', 9)];
    for (const order of [touched, [...touched].reverse()]) {
      const causeOf = causesOf(push, order, []);
      expect(causeOf(1)).toMatchObject({ sourceId: 'A-1', batchId: 7 });
      expect(causeOf(2)).toMatchObject({ sourceId: 'A-3', batchId: 9 });
    }
  });

  it('names for a customer that only lost a record the touched one that the record went to', () => {
    const touched = [told(1, 'A-1', 7), told(2, 'A-2', 8)];
    for (const order of [touched, [...touched].reverse()]) {
      expect(causesOf(push, order, [{ from: 3, to: 2 }])(3)).toMatchObject({ sourceId: 'A-2' });
      expect(causesOf(push, order, [{ from: 2, to: 3 }])(3)).toMatchObject({ sourceId: 'A-2' });
    }
  });

  it('follows records that moved on from a customer to a further one', () => {
    const moves = [
      { from: 4, to: 3 },
      { from: 3, to: 2 },
    ];
    const causeOf = causesOf(push, [told(1, 'A-1', 7), told(2, 'A-2', 8)], moves);
    expect(causeOf(4)).toMatchObject({ sourceId: 'A-2' });
  });
});
