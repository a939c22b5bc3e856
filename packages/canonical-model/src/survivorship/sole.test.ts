import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlainAttributeId, Value } from '../customer/attributes.ts';
import { propertyRuns } from '../facts/fixtures.ts';
import { rulesWith, SourceRecord, survived } from './fixtures.ts';
import type { Reconsideration } from './golden.ts';
import type { Rule } from './rules.ts';

const said = {
  'phone.primary': ['+1', '+2', null],
  birthDate: ['1980-01-01', null],
  lifecycle: ['prospect', 'active', 'former', null],
  'consent.marketing': ['yes', 'no', null],
  points: [1, 2, null],
  creditLimit: [{ amount: '10.5', currency: 'USD' }, { amount: '-3', currency: 'USD' }, null],
} as const satisfies Record<PlainAttributeId, readonly (Value | null)[]>;

const owners = { active: 'adipose', former: 'third' } as const;
const rulesOf: Record<keyof typeof said, Rule[]> = {
  'phone.primary': [
    { strategy: 'most-recent' },
    { strategy: 'owner', system: 'third' },
    { strategy: 'owner-by-phase', owners },
    { strategy: 'follow', attribute: 'birthDate' },
    { strategy: 'source-priority', order: ['bellyfat'], ask: true },
    { strategy: 'longest', valid: { pattern: '^\\+1$', maxAgeDays: 1 } },
    { strategy: 'trust', systems: { third: { initial: 80, floor: 10, decayDays: 1 } } },
  ],
  birthDate: [{ strategy: 'minimum', owner: 'third' }, { strategy: 'maximum' }, { strategy: 'most-frequent' }],
  lifecycle: [
    {
      strategy: 'transition',
      owners: { ...owners, prospect: 'bellyfat', dormant: 'third', deceased: 'plain' },
      initial: 'dormant',
    },
    { strategy: 'most-recent', ask: true },
  ],
  'consent.marketing': [{ strategy: 'consent' }, { strategy: 'owner', system: 'bellyfat' }],
  points: [{ strategy: 'sum' }, { strategy: 'maximum', owner: 'third' }, { strategy: 'minimum' }],
  creditLimit: [{ strategy: 'sum', owner: 'bellyfat' }, { strategy: 'sum' }, { strategy: 'maximum' }],
};
const attributes = Object.keys(said) as (keyof typeof said)[];
const rules = fc.record(
  Object.fromEntries(attributes.map((attribute) => [attribute, fc.constantFrom(...rulesOf[attribute])])),
);

const word = fc.record({
  attribute: fc.constantFrom(...attributes),
  record: fc.nat(2),
  value: fc.nat(3),
  isChange: fc.boolean(),
});
/** Of items: a list that a system owns, and one that is shared. */
const items = fc.subarray(['products:["A",null]', 'phones:["work","+1"]'] as const);

it('a value that nobody else speaks of survives as a vote of several would have it', () => {
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 8 }),
      items,
      rules,
      fc.nat(2),
      fc.nat(5),
      (words, ids, picked, of, gone) => {
        const records = ['bellyfat', 'third', 'plain'].map((system, index) => new SourceRecord(system, index + 1));
        words.forEach(({ attribute, record, value, isChange }, index) => {
          const text: Value | null = said[attribute][value % said[attribute].length]!;
          if (isChange) records[record]!.changed(attribute, text, index + 10);
          else records[record]!.came(attribute, text, index + 10);
        });
        for (const id of ids) records[of]!.came(id, { sku: 'A', use: 'work', number: '+1' }, 5);
        records[gone]?.deleted();
        const document = rulesWith(picked);
        // It is about no record of the customer, but since people decided something, the vote is held.
        const elsewhere: Reconsideration = { decisionId: 1, attribute: 'phone.primary', assertions: [] };
        const voted = survived(records, {
          rules: document,
          decisions: { reconsidered: [elsewhere] },
        });
        expect(JSON.stringify(survived(records, { rules: document }))).toBe(JSON.stringify(voted));
      },
    ),
    propertyRuns,
  );
});
