import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubledOf } from './plan.ts';

const anyRecords = fc
  .array(fc.record({ origin: fc.constantFrom('push' as const, 'hub' as const), withdrawn: fc.boolean() }))
  .map((records) => records.map((record, recordId) => ({ ...record, recordId })));

describe('which rows of one customer the hub should not have made', () => {
  it.each([
    ['none of one row', [['hub', false]], []],
    [
      'none where the system has two of its own',
      [
        ['push', false],
        ['push', false],
      ],
      [],
    ],
    [
      'none beside one of its own, that was there or came later',
      [
        ['push', false],
        ['hub', false],
      ],
      [],
    ],
    [
      'the second of two that it made',
      [
        ['hub', false],
        ['hub', false],
      ],
      [1],
    ],
    [
      'the one that it did not mean to make any more',
      [
        ['hub', true],
        ['hub', false],
      ],
      [0],
    ],
    [
      'one that it did not mean to make beside one of the system’s own',
      [
        ['push', false],
        ['hub', true],
      ],
      [1],
    ],
    ['none where only that one is there', [['hub', true]], []],
  ] as const)('%s', (_, rows, doubled) => {
    const records = rows.map(([origin, withdrawn], recordId) => ({ recordId, origin, withdrawn }));
    expect(doubledOf(records)).toEqual(doubled);
  });

  it('whatever stands there, at most one that it made is left, one row stays, and none of the system’s own is named', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const doubled = new Set(doubledOf(records));
        const left = records.filter(({ recordId }) => !doubled.has(recordId));
        expect(left.filter(({ origin }) => origin === 'hub').length).toBeLessThanOrEqual(1);
        expect(left.length).toBeGreaterThanOrEqual(Math.min(1, records.length));
        expect(left.filter(({ origin }) => origin === 'push')).toEqual(
          records.filter(({ origin }) => origin === 'push'),
        );
      }),
    );
  });
});
