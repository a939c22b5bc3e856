import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { canonicalJson } from '../json.ts';
import type { Assertion } from '../facts/record-state.ts';
import type { Survived } from '../survivorship/golden.ts';
import { tracesOf, World } from './world.ts';

/** How many histories each law is tried on; `npm run laws` tries 10,000. A failure prints its seed: LAWS_SEED repeats it. */
const numRuns = Number(process.env['LAWS_RUNS'] ?? 300);
const seed = process.env['LAWS_SEED'] ? { seed: Number(process.env['LAWS_SEED']) } : {};

/** What the far systems store in another form. */
const mangled = 'ann+shop@example.com';

const values = {
  'phone.primary': ['+12025550111', '+12025550122', '+12025550166', '+12025550177', null],
  'email.primary': ['Ann@Example.com', mangled, 'ann@example.com', null],
  name: [
    { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
    { given: 'Zoë', family: 'McDonald' },
    { given: 'Ann', family: 'Featherstonehaugh-Cholmondeley' },
  ],
} satisfies Partial<Record<AttributeId, (Value | null)[]>>;

const edited = fc.oneof(
  ...Object.entries(values).map(([attribute, list]) =>
    fc.record({
      attribute: fc.constant(attribute as AttributeId),
      value: fc.constantFrom(...(list as (Value | null)[])),
    }),
  ),
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('edit' as const), record: fc.nat(2), edited, lost: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('arrive' as const), pick: fc.nat(9), again: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('refresh' as const),
      record: fc.nat(2),
      answer: fc.constantFrom('answered' as const, 'late' as const, 'lost' as const),
      hears: fc.boolean(),
      conditional: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('choose' as const), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('undo' as const), pick: fc.nat(9) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Taken> ? Taken : never;
const histories = fc.array(step, { minLength: 1, maxLength: 25 });

function lived(steps: readonly Step[]): World {
  const world = new World();
  for (const taken of steps) take(world, taken);
  return world;
}

function take(world: World, taken: Step): void {
  switch (taken.act) {
    case 'edit': {
      const { attribute, value } = taken.edited;
      // Each record's users type numbers of their own, so that a value tells whose word it is.
      const own =
        typeof value === 'string' && value.startsWith('+1202') ? value.replace('202', `20${taken.record + 3}`) : value;
      return world.edit(taken.record, attribute, own, taken.lost);
    }
    case 'arrive':
      return world.arrive(taken.pick, taken.again);
    case 'refresh':
      return void world.refresh(taken.record, taken.answer, taken.hears, taken.conditional);
    case 'choose':
      return world.choose(taken.pick);
    case 'undo':
      return world.undo(taken.pick);
  }
}

const versionOf = (position: string | null) => Number(position?.split('.')[1]);
const valuesOf = (survived: Survived) => Object.entries(survived.attributes).map(([id, golden]) => [id, golden!.value]);

const timeout = 30_000 + numRuns * 100;

describe(
  'laws of facts, on histories of edits, lost, late and repeated messages, deliveries, choices and undos',
  { timeout },
  () => {
    it('any order of the same facts ends in the same golden record and conflicts (law 3)', () => {
      fc.assert(
        fc.property(histories, fc.infiniteStream(fc.nat()), (steps, randoms) => {
          const world = lived(steps);
          const shuffled = new Map(
            [...world.timelines].map(([id, entries]) => {
              const twice = [...entries, ...entries].map((entry) => ({ entry, place: randoms.next().value as number }));
              return [id, twice.sort((a, b) => a.place - b.place).map((one) => one.entry)];
            }),
          );
          expect(world.survived(shuffled)).toEqual(world.survived());
        }),
        { numRuns, ...seed },
      );
    });

    it('refreshes come to an end, and every system then holds its view or a listed exception (law 8)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps);
          expect(world.settle()).toBe(true);
          const { attributes, conflicts } = world.survived();
          for (const record of world.records) {
            const { state } = world.fold(record);
            for (const id of record.lens.attributes) {
              const golden = attributes[id];
              const held = state.held[id];
              if (!golden || !held || conflicts.some((conflict) => conflict.attribute === id)) continue;
              const written = record.lens.write(id, 'person', golden.value);
              if (written.kind !== 'written') continue;
              const native = canonicalJson(written.fields);
              if (state.parked[id]?.sent === native) continue;
              expect(canonicalJson(record.lens.read(record.row.data).attributes[id]!.fields)).toBe(native);
            }
          }
        }),
        { numRuns, ...seed },
      );
    });

    it('ten rounds of whole pushes and refreshes change nothing (law 7)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps);
          world.settle();
          const before = world.survived();
          for (let round = 0; round < 10; round += 1) expect(world.round()).toBe(false);
          expect(valuesOf(world.survived())).toEqual(valuesOf(before));
          expect(world.survived().conflicts).toEqual(before.conflicts);
        }),
        { numRuns, ...seed },
      );
    });

    it('no edit that was heard is lost without a trace', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps);
          world.settle();
          const survived = world.survived();
          for (const edited of world.edits) {
            const { record, attribute: id } = edited;
            const last = world.edits.findLast((other) => other.record === record && other.attribute === id);
            const heard = world.timelines.get(record.recordId)!.some((entry) => entry.version === edited.version);
            // An earlier edit was replaced by the same user's later one, and stands in the timeline.
            if (last !== edited || !heard) continue;
            const { asserted } = world.fold(record).state;
            const own = asserted[id];
            const standsAsAssertion =
              own?.native === edited.native && tracesOf(survived, id).has(`${record.recordId}@${own.position}`);
            const golden = survived.attributes[id]!;
            const written = record.lens.write(id, 'person', golden.value);
            const isGolden = written.kind === 'written' && canonicalJson(written.fields) === edited.native;
            const offers = world.timelines
              .get(record.recordId)!
              .flatMap((entry) => (entry.kind === 'offer' ? [entry.carried[id]] : []));
            const wasOffered = offers.some((carried) => carried && canonicalJson(carried.fields) === edited.native);
            expect({
              edited: edited.native,
              version: edited.version,
              traced: isGolden || standsAsAssertion || wasOffered,
            }).toMatchObject({ traced: true });
          }
        }),
        { numRuns, ...seed },
      );
    });

    it('only what a system’s own users typed is ever asserted, and only a delivery over it supersedes it (rules 8 to 10)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          // A value that the system changed while storing it cannot be told from its user's once answer and event are both lost.
          const world = lived(steps.filter((taken) => taken.act !== 'edit' || taken.edited.value !== mangled));
          const first = new World();
          world.records.forEach((record, index) => {
            const { asserted } = world.fold(record).state;
            const came = first.fold(first.records[index]!).state.asserted;
            for (const [id, own] of Object.entries(asserted) as [AttributeId, Assertion][]) {
              const typed = world.edits.filter((edit) => edit.record === record && edit.attribute === id);
              expect([came[id]?.native, ...typed.map((edit) => edit.native)]).toContain(own.native);
              if (!own.superseded) continue;
              const over = world.timelines.get(record.recordId)!.some((entry) => {
                return entry.kind === 'offer' && entry.carried[id] && versionOf(entry.base) >= versionOf(own.position);
              });
              expect({ record: record.recordId, id, supersededByADeliveryOverIt: over }).toMatchObject({
                supersededByADeliveryOverIt: true,
              });
            }
          });
        }),
        { numRuns, ...seed },
      );
    });

    it('undoing every choice leaves what the same facts without choices amount to', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps);
          const chosen = world.survived();
          const { choices } = world;
          world.choices = [];
          const without = world.survived();
          expect(Object.values(without.attributes).every((golden) => golden!.rule !== 'choice')).toBe(true);
          world.choices = choices;
          expect(world.survived()).toEqual(chosen);
        }),
        { numRuns, ...seed },
      );
    });
  },
);
