import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { propertyRuns } from '../facts/fixtures.ts';
import { aChoice, anAnswer, aPin, minute, rulesWith, SourceRecord, survived } from './fixtures.ts';
import type { GoldenAttribute, ValueDecisions } from './golden.ts';
import type { RuleDocument } from './rules.ts';

const said = {
  'phone.primary': ['+1', '+2', '+3', null],
  'email.primary': ['A@x', 'a@x', 'B@x'],
  'address.primary': [{ lines: ['12 Main Street'] }, { lines: ['12 Main Road'] }, { lines: ['12 Ma'] }],
  birthDate: ['1980-01-01', '1990-01-01'],
  lifecycle: ['prospect', 'active', 'dormant', 'former'],
  'consent.marketing': ['yes', 'no', null],
  points: [1, 2, null],
  'phones:["work","+1"]': [{ use: 'work', number: '+1' }, null],
  'products:["A",null]': [{ sku: 'A' }, { sku: 'A', name: 'B' }, null],
} as const satisfies Record<AttributeId, readonly (Value | null)[]>;
const attributes = Object.keys(said) as (keyof typeof said)[];
const systems = ['bellyfat', 'third', 'adipose', 'bellyfat'];

interface Act {
  kind: 'say' | 'take' | 'choose' | 'pin' | 'answer' | 'delete';
  attribute: keyof typeof said;
  record: number;
  other: number;
  value: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('say', 'say', 'say', 'say', 'take', 'choose', 'pin', 'answer', 'delete'),
  attribute: fc.constantFrom(...attributes),
  record: fc.nat(3),
  other: fc.nat(3),
  value: fc.nat(3),
});

const rules: fc.Arbitrary<RuleDocument> = fc.constantFrom(
  rulesWith({}),
  rulesWith({ 'phone.primary': { strategy: 'follow', attribute: 'address.primary' } }),
  rulesWith({
    'phone.primary': { strategy: 'owner-by-phase', owners: { active: 'adipose', former: 'bellyfat' } },
    'email.primary': { strategy: 'most-frequent', ask: true },
    'address.primary': { strategy: 'trust', systems: { bellyfat: { initial: 80, floor: 10, decayDays: 1 } } },
  }),
);

/** Each act happens one or no minute after the one before, so that ties are common. */
function tell(acts: readonly Act[]): { records: SourceRecord[]; decisions: ValueDecisions } {
  const records = systems.map((system, index) => new SourceRecord(system, index + 1));
  const decisions = { choices: [], pins: [], answers: [], reconsidered: [] } as {
    -readonly [Kind in keyof ValueDecisions]: ValueDecisions[Kind][number][];
  };
  const told = new Set<string>();
  acts.forEach(({ kind, attribute, record, other, value }, index) => {
    const minuteOf = 10 + Math.floor(index / 2);
    const [one, two] = [records[record]!, records[other]!];
    const word: Value | null = said[attribute][value % said[attribute].length]!;
    const isMapped = systems[record] !== 'adipose' || attribute !== 'birthDate';
    // An entry tells of an attribute once.
    const entry = `${record} ${attribute} ${minuteOf}`;
    const isFree = isMapped && (kind === 'say' || kind === 'take') && !told.has(entry);
    if (isFree) told.add(entry);
    const hasBoth = one.state.asserted[attribute] && two.state.asserted[attribute];
    if (kind === 'say' && isFree) one.changed(attribute, word, minuteOf);
    if (kind === 'take' && isFree) one.took(attribute, word, minuteOf, { recordId: other + 1, decisionId: null });
    if (kind === 'pin') decisions.pins.push(aPin(attribute, one, word, minuteOf, value === 0 ? 500 : null, index));
    if (kind === 'choose' && hasBoth) decisions.choices.push(aChoice(attribute, [one, two], index));
    if (kind === 'answer' && hasBoth) decisions.answers.push(anAnswer(attribute, one, value > 1, other + 1, index));
    if (kind === 'delete' && value === 0) one.deleted();
  });
  return { records, decisions };
}

it('the order of records and decisions changes nothing (law 3)', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), rules, fc.infiniteStream(fc.nat()), (acts, document, randoms) => {
      const { records, decisions } = tell(acts);
      const shuffled = <T>(list: readonly T[]) => list.toSorted(() => ((randoms.next().value as number) % 2) - 0.5);
      const again: ValueDecisions = {
        choices: shuffled(decisions.choices),
        pins: shuffled(decisions.pins),
        answers: shuffled(decisions.answers),
        reconsidered: [],
      };
      const told = { rules: document, asOf: 100 };
      expect(survived(shuffled(records), { ...told, decisions: again })).toEqual(
        survived(records, { ...told, decisions }),
      );
    }),
    propertyRuns,
  );
});

it('before the instant that is told, time changes nothing (rule 18)', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 20 }),
      rules,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (acts, document, share) => {
        const told = { ...tell(acts), rules: document };
        const now = survived(told.records, { ...told, asOf: 100 });
        const until = now.recheckAt === null ? 5000 : now.recheckAt / minute;
        const between = Math.max(100, Math.floor(100 * minute + share * (until - 100) * minute - 1) / minute);
        expect(survived(told.records, { ...told, asOf: between })).toEqual(now);
      },
    ),
    propertyRuns,
  );
});

it('a record’s word leaves a trace while any record lives: it won, or lost for a reason (law 9)', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), rules, (acts, document) => {
      const { records, decisions } = tell(acts);
      const { attributes: golden } = survived(records, { rules: document, decisions, asOf: 100 });
      for (const [id, value] of Object.entries(golden) as [AttributeId, GoldenAttribute][]) {
        const traced = new Set(
          [value.from, ...value.losers].map(({ recordId, position }) => `${recordId} ${position}`),
        );
        expect(traced.size).toBe(value.losers.length + 1);
        const untraced = records.flatMap((record) => {
          const own = record.state.asserted[id];
          return own && !traced.has(`${record.recordId} ${own.position}`) ? [own.value] : [];
        });
        for (const text of untraced) expect(text).toEqual(value.value);
      }
    }),
    propertyRuns,
  );
});
