import { describe, expect, it } from 'vitest';
import type { PlainAttributeId, Value } from '../customer/attributes.ts';
import { adipose, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';
import type { Rule } from './rules.ts';

const phone = 'phone.primary';

/** Records 1, 2, 3 of three systems, each of which came with a value at its minute. */
function came(attribute: PlainAttributeId, said: readonly (readonly [Value | null, number])[]): SourceRecord[] {
  return said.map(([value, at], index) =>
    new SourceRecord(['one', 'two', 'three'][index % 3]!, index + 1).came(attribute, value, at),
  );
}

type Case = [string, Rule, PlainAttributeId, [Value | null, number][], winner: number, why: string[]];

describe('strategies', () => {
  it.each<Case>([
    [
      'the system first in the order',
      { strategy: 'source-priority', order: ['two', 'one'] },
      phone,
      [
        ['+1', 30],
        ['+2', 10],
        ['+3', 50],
      ],
      2,
      ['outranked', 'outranked'],
    ],
    [
      'a system of the order before one that is not',
      { strategy: 'source-priority', order: ['two'] },
      phone,
      [
        ['+1', 30],
        ['+2', 10],
      ],
      2,
      ['outranked'],
    ],
    [
      'the later of two systems that are not in the order',
      { strategy: 'source-priority', order: ['x'] },
      phone,
      [
        ['+1', 30],
        ['+2', 10],
      ],
      1,
      ['older'],
    ],
    [
      'the most recent',
      { strategy: 'most-recent' },
      phone,
      [
        ['+1', 30],
        ['+2', 10],
        [null, 20],
      ],
      1,
      ['older', 'older'],
    ],
    [
      'an empty value by time',
      { strategy: 'most-recent' },
      phone,
      [
        ['+1', 30],
        [null, 31],
      ],
      2,
      ['older'],
    ],
    [
      'at one time the one with more voices',
      { strategy: 'most-recent' },
      phone,
      [
        ['+1', 30],
        ['+2', 30],
        ['+1', 20],
      ],
      1,
      ['tie'],
    ],
    [
      'at one time and with equal voices the greater text',
      { strategy: 'most-recent' },
      phone,
      [
        ['+1', 30],
        ['+2', 30],
      ],
      2,
      ['tie'],
    ],
    [
      'the most frequent, though older',
      { strategy: 'most-frequent' },
      phone,
      [
        ['+1', 10],
        ['+2', 30],
        ['+1', 20],
      ],
      3,
      ['outranked'],
    ],
    [
      'of equally frequent ones the later',
      { strategy: 'most-frequent' },
      phone,
      [
        ['+1', 10],
        ['+2', 30],
      ],
      2,
      ['older'],
    ],
    [
      'never an empty value by number',
      { strategy: 'most-frequent' },
      phone,
      [
        ['+1', 10],
        [null, 30],
        [null, 20],
      ],
      1,
      ['outranked', 'outranked'],
    ],
    [
      'the longest',
      { strategy: 'longest' },
      'email.primary',
      [
        ['abc@x', 10],
        ['b@x', 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'the longest by all its texts',
      { strategy: 'longest' },
      'name',
      [
        [{ given: 'Ann', family: 'Li' }, 10],
        [{ family: 'Lee' }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'the longest, of however few parts it is',
      { strategy: 'longest' },
      'name',
      [
        [{ family: 'Longername' }, 10],
        [{ given: 'A', family: 'B' }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'the longest in characters, not in code units',
      { strategy: 'longest' },
      'identifier.national',
      [
        ['abc', 10],
        ['😀😀', 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'never an empty value by length',
      { strategy: 'longest' },
      phone,
      [
        ['+1', 10],
        [null, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'the one with most parts',
      { strategy: 'most-complete' },
      'name',
      [
        [{ given: 'A', family: 'B' }, 10],
        [{ family: 'Longername' }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'of equally many parts the longer',
      { strategy: 'most-complete' },
      'name',
      [
        [{ given: 'Ann' }, 10],
        [{ given: 'Al', family: null }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'lines are parts too',
      { strategy: 'most-complete' },
      'address.primary',
      [
        [{ lines: ['1 A St', 'B'] }, 10],
        [{ lines: ['1 A Street and so on'] }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'never an empty value by completeness',
      { strategy: 'most-complete' },
      phone,
      [
        ['+1', 10],
        [null, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'the earliest date',
      { strategy: 'minimum' },
      'birthDate',
      [
        ['1980-01-02', 30],
        ['1980-01-01', 10],
        [null, 40],
      ],
      2,
      ['outranked', 'outranked'],
    ],
    [
      'the latest date',
      { strategy: 'maximum' },
      'birthDate',
      [
        ['1980-01-02', 10],
        ['1980-01-01', 30],
        [null, 40],
      ],
      1,
      ['outranked', 'outranked'],
    ],
    [
      'the owner’s earliest date',
      { strategy: 'minimum', owner: 'one' },
      'birthDate',
      [
        ['1980-01-02', 10],
        ['1980-01-01', 30],
      ],
      1,
      ['not-owner'],
    ],
    [
      'the value first in the ranking',
      { strategy: 'value-ranking', order: ['b@x', 'a@x'] },
      'email.primary',
      [
        ['a@x', 10],
        ['b@x', 5],
        ['c@x', 50],
      ],
      2,
      ['outranked', 'outranked'],
    ],
    [
      'a ranked group, whatever the order of its members',
      { strategy: 'value-ranking', order: [{ family: 'B', given: 'A' }] },
      'name',
      [
        [{ given: 'A', family: 'B' }, 10],
        [{ given: 'C' }, 30],
      ],
      1,
      ['outranked'],
    ],
    [
      'never an empty value by ranking',
      { strategy: 'value-ranking', order: ['b@x'] },
      'email.primary',
      [
        ['c@x', 10],
        [null, 30],
      ],
      1,
      ['outranked'],
    ],
  ])('%s', (_, rule, attribute, said, winner, why) => {
    const records = came(attribute, said);
    for (const told of [records, records.toReversed()]) {
      const { attributes, conflicts } = survivedBy(rule, attribute, told);
      expect(attributes[attribute]).toMatchObject({
        value: said[winner - 1]![0],
        from: { recordId: winner },
        rule: rule.strategy,
      });
      expect(losses(attributes[attribute]).map(([, reason]) => reason)).toEqual(why);
      expect(attributes[attribute]!.flip).toMatch(/^[A-Z].*\.$/);
      expect(conflicts).toEqual([]);
    }
  });

  it('where all say none, none survives by any strategy', () => {
    const said = came(phone, [
      [null, 10],
      [null, 20],
    ]);
    for (const strategy of ['most-frequent', 'most-complete', 'longest'] as const) {
      expect(survivedBy({ strategy }, phone, said).attributes[phone]).toMatchObject({ value: null, losers: [] });
    }
    const dates = came('birthDate', [[null, 10]]);
    for (const strategy of ['minimum', 'maximum'] as const) {
      expect(survivedBy({ strategy }, 'birthDate', dates).attributes.birthDate!.value).toBeNull();
    }
  });

  it('a copy counts as one voice more for the value that it was made from', () => {
    const said = (record: SourceRecord, text: string, at: number) =>
      record.came('address.primary', { lines: [text] }, at);
    const records = [
      said(adipose(1), '12 Ma', 10),
      said(bellyfat(2), '12 Main Street', 5),
      said(bellyfat(3), '9 Oak Road', 20),
    ];
    const { attributes } = survivedBy({ strategy: 'most-frequent' }, 'address.primary', records);
    expect(attributes['address.primary']).toMatchObject({ value: { lines: ['12 Main Street'] }, at: 10 * minute });
    expect(losses(attributes['address.primary'])).toEqual([
      [1, 'supports'],
      [3, 'outranked'],
    ]);
  });

  it('at a time that a copy lends it, and with equal voices, the greater text', () => {
    const email = 'email.primary';
    const records = [
      adipose(1).came(email, 'zoe@x', 30),
      bellyfat(2).came(email, 'Zoe@x', 10),
      bellyfat(3).came(email, 'A@x', 30),
      bellyfat(4).came(email, 'A@x', 20),
    ];
    const { attributes } = survived(records);
    expect(attributes[email]).toMatchObject({ value: 'Zoe@x', at: 30 * minute });
    expect(losses(attributes[email])).toEqual([
      [1, 'supports'],
      [3, 'tie'],
      [4, 'tie'],
    ]);
  });

  it('a copy that fits a value it is no part of, or several values, abstains', () => {
    const records = [
      adipose(1).came('identifier.national', '1234', 90),
      bellyfat(2).came('identifier.national', '123456', 5),
    ];
    const { attributes } = survived(records);
    expect(attributes['identifier.national']).toMatchObject({ value: '123456', at: 5 * minute });
    expect(losses(attributes['identifier.national'])).toEqual([[1, 'abstains']]);
  });

  describe('follow', () => {
    const rule = { strategy: 'follow', attribute: phone } as const;

    it('the record that wins the one attribute wins the other, though it said it earlier', () => {
      const records = [
        adipose().came(phone, '+1', 50).came('email.primary', 'a@x', 1),
        bellyfat().came(phone, '+2', 10).came('email.primary', 'b@x', 20),
      ];
      const { attributes } = survivedBy(rule, 'email.primary', records);
      expect(attributes['email.primary']).toMatchObject({ value: 'a@x', rule: 'follow' });
      expect(losses(attributes['email.primary'])).toEqual([[2, 'outranked']]);
    });

    it('where nobody won that, or its winner says nothing of this, time decides', () => {
      const records = [adipose().came('email.primary', 'a@x', 1), bellyfat().came('email.primary', 'b@x', 20)];
      expect(survivedBy(rule, 'email.primary', records).attributes['email.primary']!.value).toBe('b@x');
      const third = new SourceRecord('third', 3).came(phone, '+1', 5);
      expect(survivedBy(rule, 'email.primary', [...records, third]).attributes['email.primary']!.value).toBe('b@x');
    });
  });
});
