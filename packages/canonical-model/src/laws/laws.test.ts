import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../customer/by-attribute.ts';
import { canonicalJson } from '../json.ts';
import { assertionId } from '../survivorship/golden.ts';
import { mangled, shippedCast } from './cast.ts';
import { growing, histories, lived } from './histories.ts';
import { isSameInAnyOrder, roundsChangeNothing, settlesToViews } from './holds.ts';
import { World, type UserEdit } from './world.ts';

/**
 * How many histories each law is tried on: the same 300 in every `npm test`, so that it says the same of the same code; 10,000 others
 * in every `npm run laws`. A failure prints its seed: LAWS_SEED repeats it.
 */
const runs = process.env['LAWS_RUNS'];
const numRuns = Number(runs ?? 300);
const repeated = process.env['LAWS_SEED'] ?? (runs ? undefined : '20261124');
const seed = repeated ? { seed: Number(repeated) } : {};
const timeout = 30_000 + numRuns * 200;

describe(
  'laws of facts, on histories of edits, parts, growth, deletes, restores, lost, late and repeated messages, deliveries and decisions',
  { timeout },
  () => {
    it('any order of the same facts ends in the same golden record, conflicts and requests, in whatever order they were accepted (law 3)', () => {
      fc.assert(
        fc.property(histories, fc.infiniteStream(fc.nat()), (steps, randoms) => {
          const world = lived(steps, shippedCast);
          isSameInAnyOrder(world, () => randoms.next().value as number);
        }),
        { numRuns, ...seed },
      );
    });

    it('refreshes come to an end, and every system then holds its view or a listed exception (law 8)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps, shippedCast);
          settlesToViews(world);
        }),
        { numRuns, ...seed },
      );
    });

    it('ten rounds of whole pushes and refreshes change nothing (law 7)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps, shippedCast);
          roundsChangeNothing(world);
        }),
        { numRuns, ...seed },
      );
    });

    it('no edit that was heard is lost without a trace', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps, shippedCast);
          world.settle();
          for (const edit of world.edits) {
            const { record, attribute: id } = edit;
            const last = world.edits.findLast((other) => other.record === record && other.attribute === id);
            const heard = world.timelines
              .get(record.recordId)!
              .some((entry) => entry.version === edit.version && entry.at === edit.at);
            // An earlier edit was replaced by the same user's later one, and stands in the timeline.
            if (last !== edit || !heard) continue;
            expect({ id, edited: edit.native, version: edit.version, traced: isTraced(world, edit) }).toMatchObject({
              traced: true,
            });
          }
        }),
        { numRuns, ...seed },
      );
    });

    it('only what a system’s own users typed, or a steward accepted for it, is ever asserted; only a delivery supersedes it (rules 8 to 10)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          // A value that the system changed while storing it cannot be told from its user's once answer and event are both lost.
          const world = lived(
            steps.filter((taken) => taken.act !== 'edit' || taken.edited.value !== mangled),
            shippedCast,
          );
          const first = new World(shippedCast);
          world.records.forEach((record, index) => {
            const { asserted } = world.fold(record).state;
            const came = first.fold(first.records[index]!).state.asserted;
            const timeline = world.timelines.get(record.recordId)!;
            for (const [id, own] of entriesOf(asserted)) {
              if (own.request !== null || id === 'points') continue;
              const typed = world.edits.filter((edit) => edit.record === record && edit.attribute === id);
              expect([came[id]?.native, ...typed.map((edit) => edit.native)]).toContain(own.native);
              if (!own.superseded) continue;
              const wasOffered = timeline.some((entry) => entry.kind === 'offer' && entry.carried[id]);
              expect({ record: record.recordId, id, wasOffered }).toMatchObject({ wasOffered: true });
            }
          });
        }),
        { numRuns, ...seed },
      );
    });

    it('undoing a decision leaves what the same facts without it amount to, and making it again brings all back', () => {
      fc.assert(
        fc.property(histories, fc.nat(9), (steps, pick) => {
          const world = lived(steps, shippedCast);
          const before = world.customers();
          const { decisions } = world.desk;
          world.desk.undo(pick);
          const undone = world.customers();
          const never = lived([], shippedCast);
          Object.assign(never, { timelines: world.timelines, epochs: world.epochs, now: world.now });
          never.desk.decisions = decisions.filter((_, index) => index !== pick % decisions.length);
          expect(never.customers()).toEqual(undone);
          world.desk.decisions = decisions.toReversed();
          expect(world.customers()).toEqual(before);
        }),
        { numRuns, ...seed },
      );
    });

    it('a person outranks the machine: a pinned value is golden until the pin ends (law 5)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps, shippedCast);
          for (const { ids, survived } of world.customers()) {
            const pins = world.desk
              .valueDecisions()
              .pins.filter((pin) => ids.includes(pin.recordId) && (pin.until === null || pin.until > world.now));
            if (!ids.some((id) => world.isLive(world.recordAt(id - 1)))) continue;
            for (const { attribute, value } of pins)
              expect(survived.attributes[attribute]).toMatchObject({ value, rule: 'pin' });
          }
        }),
        { numRuns, ...seed },
      );
    });

    it('records that a steward keeps apart never stand together, and every record belongs to exactly one customer (law 4)', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const world = lived(steps, shippedCast);
          const customers = world.customers().map(({ ids }) => ids);
          expect(customers.flat().sort()).toEqual(world.records.map((one) => one.recordId));
          for (const [a, b] of world.desk.saidOfPairs().separations)
            expect(customers.some((ids) => ids.includes(a) && ids.includes(b))).toBe(false);
        }),
        { numRuns, ...seed },
      );
    });

    it('increments that arrive late and twice count once: without any listing the hub holds what the account holds (rule 6)', () => {
      fc.assert(
        fc.property(growing, (steps) => {
          const world = lived(steps, shippedCast);
          for (let left = 0; left < 60; left += 1) world.arrive(0, false);
          for (const record of world.records)
            expect(world.fold(record).state.held.points?.value).toBe(record.row!.data['loyalty_pts']);
        }),
        { numRuns, ...seed },
      );
    });
  },
);

/** It is golden, loses for a reason, asks or was answered, was told as ours, or its record has ended. */
function isTraced(world: World, { record, attribute: id, native }: UserEdit): boolean {
  if (!world.isLive(record)) return true;
  const { attributes, requests } = world.survivedOf(record);
  const golden = attributes[id];
  const own = world.fold(record).state.asserted[id];
  const answers = world.desk.valueDecisions().answers.filter((answer) => answer.attribute === id);
  const told = [
    ...(golden ? [golden.from, ...golden.losers] : []),
    ...requests.map((request) => request.from),
    ...answers.map((answer) => answer.request),
  ];
  const name = own && assertionId({ recordId: record.recordId, position: own.position });
  if (own?.native === native && told.some((ref) => assertionId(ref) === name)) return true;
  const written = golden && record.lens.write(id, 'person', golden.value);
  if (written?.kind === 'written' && canonicalJson(written.fields) === native) return true;
  const offers = world.timelines
    .get(record.recordId)!
    .flatMap((entry) => (entry.kind === 'offer' ? [entry.carried[id]] : []));
  return offers.some((carried) => carried && canonicalJson(carried.fields) === native);
}
