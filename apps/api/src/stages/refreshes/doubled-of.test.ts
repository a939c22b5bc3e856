import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubledOf } from './plan.ts';

const anyRecords = fc
  .array(fc.record({ origin: fc.constantFrom('push' as const, 'hub' as const), withdrawn: fc.boolean() }))
  .map((records) => records.map((record, recordId) => ({ ...record, recordId })));

describe('which rows of one customer are too many, where the hub made one', () => {
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
      'the one that it made beside one of the system’s own',
      [
        ['push', false],
        ['hub', false],
      ],
      [1],
    ],
    [
      'the one that the system’s user made beside it',
      [
        ['hub', false],
        ['push', false],
      ],
      [1],
    ],
    [
      'every one beyond the first, where the system has two of its own and one that was made',
      [
        ['push', false],
        ['push', false],
        ['hub', false],
      ],
      [1, 2],
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

  it('whatever stands there, one row is left where the hub made any, and all where it made none', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const doubled = new Set(doubledOf(records));
        const left = records.filter(({ recordId }) => !doubled.has(recordId));
        const isAnyMade = records.some(({ origin }) => origin === 'hub');
        expect(left.length).toBe(isAnyMade ? 1 : records.length);
        if (records.some(({ withdrawn }) => !withdrawn) && isAnyMade) expect(left[0]!.withdrawn).toBe(false);
      }),
    );
  });
});
