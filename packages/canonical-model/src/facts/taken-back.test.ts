import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { propertyRuns, RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';
import { suspicionOf, type Pushed } from './suspicion.ts';

const good = ['2025550111', '2025550122', '2025550133', '2025550144'];
const bad = ['2025550911', '2025550922'];
const byOther = { recordId: 2, decisionId: null };

const told = fc.array(
  fc.record({
    how: fc.constantFrom('push', 'heard', 'patch', 'increment', 'delete', 'offer', 'receipt'),
    phone: fc.nat(3),
    isBad: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);
type Steps = readonly { how: string; phone: number; isBad: boolean }[];

/** The history, and what is to be taken back of it. */
function lived(steps: Steps) {
  const history = new RecordHistory('adipose', 1).push(1);
  const taken = new Set<Entry>();
  let isGone = false;
  for (const [index, step] of steps.entries()) {
    const minute = (index + 1) * 10;
    // What begins a record has a law of its own, below.
    const told: Steps[number] = isGone ? { ...step, how: 'push', isBad: false } : step;
    const { how, phone: n, isBad } = told;
    isGone = how === 'delete';
    const isTaken = isBad && how !== 'offer' && how !== 'receipt' && how !== 'delete';
    const phone = isTaken ? bad[n % 2]! : good[n]!;
    // No value that is good is one that was bad before.
    const row = { phone, loyalty_pts: (isTaken ? 1_000_000 : 1_000) * (index + 1) };
    if (how === 'push' || how === 'heard') history.push(minute, row, how);
    else if (how === 'patch') history.patch(minute, { phone });
    else if (how === 'increment') history.increment(minute, `e${index}`, { loyalty_pts: 3 });
    else if (how === 'delete') history.delete(minute);
    else if (how === 'offer') history.offer(minute, `d${index}`, { 'phone.primary': `+1${phone}` }, byOther);
    else history.receipt(minute, `d${index - 1}`, row);
    if (isTaken) taken.add(history.entries.at(-1)!);
  }
  return { history, taken };
}

const takenBack = (entry: Entry): Entry => ({ ...entry, takenBack: true });
const fold = ({ lens, epochs }: RecordHistory, entries: readonly Entry[]) =>
  foldTimeline(entries, lens, 'person', epochs);
const phone = (one: { value?: unknown } | undefined) => one?.value;

describe('what was taken back (rule 31)', () => {
  it('says nothing: asserted is what would be without it, held what is with it, whatever else was told', () => {
    fc.assert(
      fc.property(told, (steps) => {
        const { history, taken } = lived(steps);
        const entries = history.entries.map((entry) => (taken.has(entry) ? takenBack(entry) : entry));
        const without = fold(
          history,
          history.entries.filter((entry) => !taken.has(entry)),
        );
        const back = fold(history, entries);
        const { asserted, kind, moves } = without.state;
        expect({ said: back.said, ...pick(back.state) }).toEqual({ said: without.said, asserted, kind, moves });
        const held = history.fold().state;
        expect(back.state.held).toEqual(held.held);
        expect(back.state.headVersion).toBe(held.headVersion);
        // Brought in again it is as if it had never been taken back: the same entries, without the mark.
        expect(fold(history, entries.map(unmarked))).toEqual(history.fold());
      }),
      propertyRuns,
    );
  });

  it('told again it is no news; the value that stood before is none either, and another one is', () => {
    const history = new RecordHistory('adipose', 1).push(1, { phone: good[0]! }).push(10, { phone: bad[0]! });
    history.entries[1]!.takenBack = true;
    const before = history.fold().state.asserted;
    expect(phone(before['phone.primary'])).toBe(`+1${good[0]}`);
    history.push(20, { phone: bad[0]! });
    expect(history.fold().state.asserted).toEqual(before);
    expect(phone(history.fold().state.held['phone.primary'])).toBe(`+1${bad[0]}`);
    history.push(30, { phone: good[0]! });
    expect(history.fold().state.asserted).toEqual(before);
    expect(phone(history.fold().state.held['phone.primary'])).toBe(`+1${good[0]}`);
    history.push(40, { phone: good[1]! });
    expect(phone(history.fold().state.asserted['phone.primary'])).toBe(`+1${good[1]}`);
  });

  it('a record that began with it is there as a deleted one is, until its system says something else', () => {
    const history = new RecordHistory('adipose', 1).push(10, { phone: bad[0]! });
    history.entries[0]!.takenBack = true;
    const { deleted, asserted, held } = history.fold().state;
    expect({ deleted, asserted }).toMatchObject({ deleted: { at: 600_000 }, asserted: {} });
    expect(phone(held['phone.primary'])).toBe(`+1${bad[0]}`);
    expect(history.push(20).fold().state.deleted).not.toBeNull();
    const later = history.push(30, { phone: good[0]! });
    expect(later.fold().state.deleted).toBeNull();
    expect(later.fold().state.asserted).toEqual(fold(later, later.entries.slice(2)).state.asserted);
  });

  it('an end that was taken back leaves the record as it was', () => {
    const history = new RecordHistory('adipose', 1).push(1).push(5, { phone: good[0]! });
    const { headPosition: _, ...before } = history.fold().state;
    history.delete(10);
    history.entries.at(-1)!.takenBack = true;
    expect(history.fold().state).toMatchObject({ held: before.held, asserted: before.asserted, deleted: null });
  });

  it('a kind that was taken back is no news when it is told again, and another one is', () => {
    const history = new RecordHistory('adipose', 1).push(1).push(10, { cust_type: 'B' });
    history.entries[1]!.takenBack = true;
    expect(history.fold().state).toMatchObject({ kind: 'person', takenBack: [expect.any(String)] });
    expect(history.push(20, { phone: good[1]! }).fold().state.kind).toBe('person');
    history.offer(25, 'd1', { 'phone.primary': `+1${good[0]}` }, byOther).receipt(26, 'd1', { phone: good[0]! });
    expect(history.fold().state.kind).toBe('person');
    history.push(30, { cust_type: 'P' }).push(40, { cust_type: 'B' });
    expect(history.fold().state.kind).toBe('organization');
  });

  it('what was added after it counts, what was added with it does not', () => {
    const history = new RecordHistory('adipose', 1, { loyalty_pts: 10 }).push(1);
    history.increment(10, 'bad', { loyalty_pts: 900 }).increment(20, 'good', { loyalty_pts: 5 });
    history.entries[1]!.takenBack = true;
    const points = Object.entries(history.fold().state.asserted).find(([, one]) => one?.value === 15);
    expect(points).toBeDefined();
  });

  it('the right row at the version of a wrong one that was taken back is no question, and counts', () => {
    const history = new RecordHistory('adipose', 1).push(1).push(10, { phone: bad[0]! });
    history.entries[1]!.takenBack = true;
    history.push(10, { phone: good[0]! });
    const right = { ...history.entries[2]!, at: 700_000 } as Pushed;
    const before = history.entries.slice(0, 2);
    const { lens, epochs } = history;
    expect(suspicionOf(right, before, { lens, kind: 'person', epochs })).toBeNull();
    expect(phone(fold(history, [...before, right]).state.asserted['phone.primary'])).toBe(`+1${good[0]}`);
    expect(phone(fold(history, [right, ...before]).state.held['phone.primary'])).toBe(`+1${good[0]}`);
  });
});

function pick({ asserted, kind, moves }: ReturnType<RecordHistory['fold']>['state']) {
  return { asserted, kind, moves };
}

function unmarked({ takenBack: _, ...entry }: Entry): Entry {
  return entry as Entry;
}
