import fc from 'fast-check';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { shippedCast, type Cast } from './cast.ts';
import { World } from './world.ts';

/** Values that users type, of any attribute of which the cast has some. */
function editsBy({ values }: Cast) {
  const all = Object.entries(values).map(([attribute, list]) =>
    fc.record({ attribute: fc.constant<AttributeId>(attribute), value: fc.constantFrom(...list) }),
  );
  return fc.oneof(...all);
}

const record = fc.nat(2);
const pick = fc.nat(9);

/** An act of this name, so often among others. */
function act<Name extends string, Fields extends object>(
  weight: number,
  name: Name,
  fields: { [Field in keyof Fields]: fc.Arbitrary<Fields[Field]> },
): { weight: number; arbitrary: fc.Arbitrary<{ act: Name } & Fields> } {
  const named = fc.record(fields) as fc.Arbitrary<Fields>;
  return { weight, arbitrary: named.map((one) => ({ ...one, act: name })) };
}

const telling = fc.constantFrom('whole' as const, 'patch' as const, 'lost' as const);
const arrivals = act(8, 'arrive', { pick, again: fc.boolean() });
const growths = act(2, 'grow', { record, points: fc.integer({ min: 1, max: 9 }), lost: fc.boolean() });
const answers = fc.constantFrom('answered' as const, 'late' as const, 'lost' as const);

function stepsBy(cast: Cast) {
  const edited = editsBy(cast);
  return fc.oneof(
    act(8, 'edit', { record, edited, telling }),
    arrivals,
    growths,
    act(8, 'refresh', { record, answer: answers, hears: fc.boolean(), conditional: fc.boolean() }),
    act(2, 'pull', { record, adopts: fc.boolean() }),
    act(4, 'choose', { pick }),
    act(1, 'pin', { record, edited, lasts: fc.option(fc.integer({ min: 1, max: 20 })) }),
    act(2, 'answer', { pick, accepts: fc.boolean() }),
    act(1, 'separate', { record }),
    act(1, 'unite', { record }),
    act(2, 'undo', { pick }),
    act(1, 'remove', { record, lost: fc.boolean() }),
    act(1, 'set back', { record, ago: fc.integer({ min: 1, max: 30 }) }),
  );
}
export type Step = ReturnType<typeof stepsBy> extends fc.Arbitrary<infer Taken> ? Taken : never;

/** Edits told whole, in part or not at all; messages late, twice or lost; deliveries, pulls, decisions, deletes and restores. */
export function historiesBy(cast: Cast) {
  return fc.array(stepsBy(cast), { minLength: 1, maxLength: 25 });
}
export const histories = historiesBy(shippedCast);

/** Two accounts that only grow and are edited, and whose messages arrive late and twice, but do arrive. */
export const growing = fc.array(
  fc.oneof(
    growths.arbitrary.map((one) => ({ ...one, lost: false })),
    act(8, 'edit', { record, edited: editsBy(shippedCast), telling }).arbitrary.map((one) => ({
      ...one,
      telling: 'patch' as const,
    })),
    arrivals.arbitrary,
  ),
  { minLength: 1, maxLength: 25 },
);

export function lived(steps: readonly Step[], cast: Cast): World {
  const world = new World(cast);
  for (const taken of steps) take(world, taken);
  return world;
}

function take(world: World, taken: Step): void {
  switch (taken.act) {
    case 'edit': {
      const { attribute, value } = taken.edited;
      return world.edit(taken.record, attribute, own(value, taken.record), taken.telling);
    }
    case 'grow':
      return world.grow(taken.record, taken.points, taken.lost);
    case 'remove':
      return world.remove(taken.record, taken.lost);
    case 'arrive':
      return world.arrive(taken.pick, taken.again);
    case 'refresh':
      return void world.refresh(taken.record, taken.answer, taken.hears, taken.conditional);
    case 'pull':
      return world.pull(taken.record, taken.adopts);
    case 'set back':
      return world.setBack(taken.record, taken.ago);
    default:
      return decide(world, taken);
  }
}

/** Each record's users type numbers of their own, so that a value tells whose word it is. */
function own(value: Value | null, index: number): Value | null {
  return typeof value === 'string' && value.startsWith('+1202') ? value.replace('202', `20${index + 3}`) : value;
}

type DeskStep = Extract<Step, { act: 'choose' | 'pin' | 'answer' | 'separate' | 'unite' | 'undo' }>;

function decide(world: World, taken: DeskStep): void {
  const { desk } = world;
  switch (taken.act) {
    case 'choose': {
      const [conflict] = world.customers().flatMap(({ survived }) => survived.conflicts);
      if (conflict && conflict.cause !== 'pins') desk.choose(conflict, taken.pick);
      return;
    }
    case 'pin': {
      const { attribute, value } = taken.edited;
      const { recordId } = world.recordAt(taken.record);
      return desk.pin(recordId, attribute, value, world.now, taken.lasts && world.now + taken.lasts * 1000);
    }
    case 'answer': {
      const [request] = world.customers().flatMap(({ survived }) => survived.requests);
      if (!request || request.state !== 'open') return;
      const { ids } = world.customers().find((one) => one.ids.includes(request.from.recordId))!;
      const targets = world.records.filter(
        (one) => ids.includes(one.recordId) && one.system === request.owner && world.isLive(one),
      );
      const target = targets.length > 0 ? targets[taken.pick % targets.length]!.recordId : null;
      return desk.answer(request, taken.accepts ? target : null);
    }
    case 'separate': {
      const { recordId } = world.recordAt(taken.record);
      const others = world.records.map((one) => one.recordId).filter((id) => id !== recordId);
      return desk.separate(recordId, others);
    }
    case 'unite': {
      const { recordId } = world.recordAt(taken.record);
      return desk.unite(recordId, world.recordAt(taken.record + 1).recordId);
    }
    case 'undo':
      return desk.undo(taken.pick);
  }
}
