import { describe, expect, it } from 'vitest';
import type { PlainAttributeId, Value } from '../customer/attributes.ts';
import { adipose, aChoice, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';
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

describe('asking a person', () => {
  const changed = () => [adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 20)];

  it.each<[string, Rule, 'concurrent' | null]>([
    ['most recent asks', { strategy: 'most-recent' }, 'concurrent'],
    ['unless it is told to decide', { strategy: 'most-recent', concurrent: 'decide' }, null],
    ['source priority asks', { strategy: 'source-priority', order: ['adipose'] }, 'concurrent'],
    ['most frequent asks', { strategy: 'most-frequent' }, 'concurrent'],
    ['most complete asks', { strategy: 'most-complete' }, 'concurrent'],
    ['longest asks', { strategy: 'longest' }, 'concurrent'],
    ['value ranking asks', { strategy: 'value-ranking', order: ['+1'] }, 'concurrent'],
    ['follow asks', { strategy: 'follow', attribute: 'name' }, 'concurrent'],
    ['trust asks', { strategy: 'trust', systems: {} }, 'concurrent'],
    ['an owner is not disputed', { strategy: 'owner', system: 'adipose' }, null],
  ])('changes made apart: %s', (_, rule, cause) => {
    expect(survivedBy(rule, phone, changed()).conflicts.map((conflict) => conflict.cause)).toEqual(
      cause ? [cause] : [],
    );
  });

  it('changes by two records of one system go by the rule', () => {
    const records = [bellyfat(1).changed(phone, '+1', 10), bellyfat(2).changed(phone, '+2', 20)];
    expect(survived(records).conflicts).toEqual([]);
  });

  it('a rule that asks asks whenever values differ, until a choice is made, and anew when another value comes', () => {
    const rule = { strategy: 'most-recent', ask: true } as const;
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const { conflicts, attributes } = survivedBy(rule, phone, records);
    expect(conflicts).toMatchObject([
      {
        cause: 'asked',
        candidates: [
          { value: '+2', provisional: true },
          { value: '+1', provisional: false },
        ],
      },
    ]);
    expect(attributes[phone]!.value).toBe('+2');
    const choices = [aChoice(phone, records)];
    const chosen = survivedBy(rule, phone, records, { decisions: { choices } });
    expect(chosen).toMatchObject({
      conflicts: [],
      attributes: { [phone]: { value: '+1', rule: 'choice', decisionId: 7 } },
    });
    records[1]!.changed(phone, '+3', 30);
    expect(survivedBy(rule, phone, records, { decisions: { choices } }).conflicts).toHaveLength(1);
  });

  it('a rule that asks does not ask about what a system writes alike', () => {
    const records = [adipose().came('email.primary', 'a@x', 10), bellyfat().came('email.primary', 'A@x', 20)];
    expect(survivedBy({ strategy: 'most-recent', ask: true }, 'email.primary', records).conflicts).toEqual([]);
  });

  it('an owner whose records differ may ask too, others only request', () => {
    const rule = { strategy: 'owner', system: 'bellyfat', ask: true } as const;
    const records = [
      bellyfat(2).came(phone, '+1', 10),
      bellyfat(3).came(phone, '+2', 20),
      adipose().came(phone, '+3', 30),
    ];
    const { conflicts } = survivedBy(rule, phone, records);
    expect(conflicts).toMatchObject([{ candidates: [{ recordId: 3 }, { recordId: 2 }] }]);
    const silent = [adipose().came(phone, '+3', 30), new SourceRecord('third', 4).came(phone, '+4', 40)];
    expect(survivedBy(rule, phone, silent).conflicts).toMatchObject([{ cause: 'asked' }]);
  });

  it('a choice outlives a change of the rule, until its basis does', () => {
    const records = changed();
    const choices = [aChoice(phone, [records[0]!, records[1]!])];
    const owned = survivedBy({ strategy: 'owner', system: 'bellyfat' }, phone, records, { decisions: { choices } });
    expect(owned.attributes[phone]).toMatchObject({ value: '+1', rule: 'choice' });
  });

  it('choices that decide against everything that is left decide nothing', () => {
    const records = changed();
    const choices = [aChoice(phone, records, 1), aChoice(phone, records.toReversed(), 2)];
    const { attributes } = survived(records, { decisions: { choices } });
    expect(attributes[phone]).toMatchObject({ value: '+2', decisionId: 2 });
  });

  it('a choice of a record that is with another customer now says nothing here', () => {
    const [a, b] = changed();
    const third = new SourceRecord('third', 3).came(phone, '+9', 1);
    const choices = [aChoice(phone, [third, a!, b!])];
    expect(survived([a!, b!], { decisions: { choices } }).conflicts).toHaveLength(1);
  });
});
