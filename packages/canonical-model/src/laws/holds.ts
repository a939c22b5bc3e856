import { expect } from 'vitest';
import { entriesOf } from '../customer/by-attribute.ts';
import { shapes } from '../customer/shapes/shapes.ts';
import { canonicalJson } from '../json.ts';
import type { Survived } from '../survivorship/golden.ts';
import type { World } from './world.ts';

/** Any order of the same facts, each twice, ends in the same (law 3). */
export function isSameInAnyOrder(world: World, place: () => number): void {
  const shuffled = new Map(
    [...world.timelines].map(([id, entries]) => {
      const twice = [...entries, ...entries].map((entry) => ({ entry, place: place() }));
      const arrived = twice.sort((a, b) => a.place - b.place).map((one) => one.entry);
      // Whole rows have versions of their own here, so acceptance decides nothing.
      return [id, arrived.map((entry, index) => ({ ...entry, acceptance: { call: index, line: 1 } }))];
    }),
  );
  expect(world.customers(shuffled)).toEqual(world.customers());
}

/** Refreshes come to an end, and every system then holds its view or a listed exception (law 8). */
export function settlesToViews(world: World): void {
  expect(world.settle()).toBe(true);
  for (const record of world.records) {
    if (!record.row || !world.isLive(record)) continue;
    const { attributes, conflicts, requests } = world.survivedOf(record);
    const { state } = world.fold(record);
    for (const id of record.lens.attributes) {
      const declared = world.cast.model.attributeOf(id);
      const golden = attributes[id];
      const held = state.held[id];
      const isOwn = golden?.owner ? golden.owner === record.system : declared.level === 'account';
      const isAsked = requests.some((one) => one.attribute === id && one.from.recordId === record.recordId);
      const isHeld = conflicts.some((conflict) => conflict.attribute === id);
      if (!golden || !held || isAsked || isHeld) continue;
      const own = state.asserted[id];
      // A value of its own is as the record itself last said it.
      const due = isOwn ? (own && !own.superseded ? own.value : held.value) : golden.value;
      const written = record.lens.write(id, 'person', due!);
      if (written.kind !== 'written' || (golden.value === null && declared.shape === shapes.yesNo)) continue;
      const native = canonicalJson(written.fields);
      if (state.parked[id]?.sent === native) continue;
      expect(canonicalJson(record.lens.read(record.row.data).attributes[id]!.fields)).toBe(native);
    }
  }
}

/** Ten rounds of whole pushes and refreshes change nothing (law 7). */
export function roundsChangeNothing(world: World): void {
  // Time alone may end a pin meanwhile: that is no echo.
  world.desk.decisions = world.desk.decisions.filter((one) => one.kind !== 'pin' || one.until === null);
  world.settle();
  const before = whole(world);
  for (let round = 0; round < 10; round += 1) expect(world.round()).toBe(false);
  expect(whole(world)).toEqual(before);
}

function whole(world: World) {
  return world.customers().map(({ ids, survived }) => [ids, valuesOf(survived), survived.conflicts]);
}

function valuesOf(survived: Survived) {
  return entriesOf(survived.attributes).map(([id, golden]) => [id, golden.value]);
}
