import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { propertyRuns, RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';
import { suspicionOf, versionToldBefore, type Pushed } from './suspicion.ts';

const phones = ['2025550111', '2025550122', '2025550133', '2025550144'];
const byOther = { recordId: 2, decisionId: null };

const told = fc.array(
  fc.record({
    how: fc.constantFrom('push', 'heard', 'patch', 'increment', 'delete', 'offer', 'receipt'),
    phone: fc.constantFrom(...phones),
    held: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

/** The history, and which of what was told in it was held. */
function lived(steps: readonly { how: string; phone: string; held: boolean }[]) {
  const history = new RecordHistory('adipose', 1).push(1);
  const held = new Set<Entry>();
  for (const [index, { how, phone, held: isHeld }] of steps.entries()) {
    const minute = (index + 1) * 10;
    if (how === 'push' || how === 'heard') history.push(minute, { phone }, how);
    else if (how === 'patch') history.patch(minute, { phone });
    else if (how === 'increment') history.increment(minute, `e${index}`, { loyalty_pts: 3 });
    else if (how === 'delete') history.delete(minute);
    else if (how === 'offer') history.offer(minute, `d${index}`, { 'phone.primary': `+1${phone}` }, byOther);
    else history.receipt(minute, `d${index - 1}`, { phone });
    if (isHeld && how !== 'offer' && how !== 'receipt') held.add(history.entries.at(-1)!);
  }
  return { history, held };
}

const fold = ({ lens, epochs }: RecordHistory, entries: readonly Entry[]) =>
  foldTimeline(entries, lens, 'person', epochs);

describe('what is held (rule 35)', () => {
  it('let in it is as if it had never been held; held and thrown back as if it had never been told, whatever else was', () => {
    fc.assert(
      fc.property(told, (steps) => {
        const { history, held } = lived(steps);
        const standing = (as: 'held' | 'thrown-back' | 'let-in') =>
          history.entries.map((entry) => (held.has(entry) ? { ...entry, hold: { standing: as } } : entry));
        const without = history.entries.filter((entry) => !held.has(entry));
        expect(fold(history, standing('let-in'))).toEqual(history.fold());
        expect(fold(history, standing('held'))).toEqual(fold(history, without));
        expect(fold(history, standing('thrown-back'))).toEqual(fold(history, without));
      }),
      propertyRuns,
    );
  });

  it('let in as counting anew it follows all that was told before, and what comes after follows it', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550111' });
    history.push(30, { phone: '2025550122' });
    Object.assign(history.entries.at(-1)!, { version: 12, hold: { standing: 'let-in', restart: 30 * 60_000 } });
    expect(history.fold().state).toMatchObject({
      headVersion: 12,
      held: { 'phone.primary': { value: '+12025550122' } },
    });
    history.push(40, { phone: '2025550133' });
    history.entries.at(-1)!.version = 13;
    history.push(15, { phone: '2025550144' });
    const { state } = history.fold();
    expect(state).toMatchObject({ headVersion: 13, held: { 'phone.primary': { value: '+12025550133' } } });
    expect(state.asserted['phone.primary']).toMatchObject({ at: 40 * 60_000 });
  });

  it('thrown back as drift it changes nothing but the version that its row counts on from', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550111' });
    const before = history.fold().state;
    history.push(30, { phone: '2025550122' });
    Object.assign(history.entries.at(-1)!, { version: 12, hold: { standing: 'thrown-back', restart: 30 * 60_000 } });
    expect(history.fold().state).toEqual({ ...before, headVersion: 12, wholeVersion: 12 });
    history.push(40, { phone: '2025550133' });
    history.entries.at(-1)!.version = 13;
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550133');
  });

  it('said to be the row alone that was set back, it holds again what it held then, and what was told since counts once', () => {
    const history = new RecordHistory('adipose', 1).push(10, { loyalty_pts: 0 });
    for (const minute of [20, 21]) history.increment(minute, `lost ${minute}`, { loyalty_pts: 10 });
    const epoch = { setBackTo: 15 * 60_000, restoredAt: 30 * 60_000 };
    for (const minute of [40, 41]) {
      history.increment(minute, `again ${minute}`, { loyalty_pts: 10 });
      Object.assign(history.entries.at(-1)!, { version: minute - 20, hold: { standing: 'let-in', epoch } });
    }
    expect(history.fold().state).toMatchObject({ headVersion: 21, held: { points: { value: 20 } } });
    expect(versionToldBefore(history.entries, [])).toBe(21);
  });

  it('a restore that was told later goes back to what was held then, whatever counted anew meanwhile', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550111' });
    history.push(5, { phone: '2025550122' });
    Object.assign(history.entries.at(-1)!, { version: 12, hold: { standing: 'let-in', restart: 30 * 60_000 } });
    history.setBack(25, 50);
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550111');
    history.setBack(35, 60);
    history.epochs.shift();
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550122');
  });
});

describe('what is suspected of a restore (rule 7)', () => {
  /** Versions 10, 20 and 30, changed in these minutes; three points were added by 30. */
  const known = () =>
    new RecordHistory('adipose', 1)
      .push(10)
      .push(20, { phone: '2025550111' })
      .increment(30, 'sale', { loyalty_pts: 3 });
  type Telling = (history: RecordHistory) => RecordHistory;
  /** Suspected of the last thing told, at this version. */
  const suspected = (version: number, tell: Telling, of = known()) => {
    const told = tell(of).entries.at(-1) as Pushed;
    told.version = version;
    const { lens, epochs } = of;
    return suspicionOf(told, of.entries.slice(0, -1), { lens, kind: 'person', epochs });
  };

  it.each<{ what: string; version: number; tell: Telling; code: string }>([
    {
      what: 'another row at a version that was pushed',
      version: 20,
      tell: (of) => of.push(21, { phone: '2025550122' }),
      code: 'row-differs',
    },
    {
      what: 'other content, changed later, at a lower version',
      version: 12,
      tell: (of) => of.push(40, { phone: '2025550122' }),
      code: 'changed-later',
    },
    {
      what: 'a part, changed later, at a lower version',
      version: 12,
      tell: (of) => of.patch(40, { phone: '2025550122' }),
      code: 'changed-later',
    },
    {
      what: 'growth, later, at a lower version',
      version: 12,
      tell: (of) => of.increment(40, 'other', { loyalty_pts: 3 }),
      code: 'changed-later',
    },
    { what: 'its end, later, at a lower version', version: 12, tell: (of) => of.delete(40), code: 'changed-later' },
    {
      what: 'a version’s growth under another event',
      version: 30,
      tell: (of) => of.increment(31, 'other', { loyalty_pts: 3 }),
      code: 'event-differs',
    },
  ])('suspected is $what', ({ version, tell, code }) => {
    expect(suspected(version, tell)).toMatchObject({ code, known: 30 });
  });

  it.each<{ what: string; version: number; tell: Telling }>([
    { what: 'a higher version', version: 31, tell: (of) => of.push(40, { phone: '2025550122' }) },
    { what: 'a late row of an older version', version: 15, tell: (of) => of.push(15, { phone: '2025550122' }) },
    {
      what: 'a late row whose clock was a little ahead',
      version: 15,
      tell: (of) => of.push(24, { phone: '2025550122' }),
    },
    { what: 'a repeat', version: 20, tell: (of) => of.push(20, { phone: '2025550111' }) },
    { what: 'a re-stamp of an older version', version: 20, tell: (of) => of.push(50, { phone: '2025550111' }) },
    {
      what: 'a row that says nothing else',
      version: 20,
      tell: (of) => of.push(50, { phone: '2025550111', note: 'touched' }),
    },
    { what: 'a repeated event', version: 30, tell: (of) => of.increment(30, 'sale', { loyalty_pts: 3 }) },
    { what: 'the row of a version that was told in part', version: 30, tell: (of) => of.push(30, { loyalty_pts: 9 }) },
    { what: 'a row that was read', version: 20, tell: (of) => of.push(50, { phone: '2025550122' }, 'heard') },
  ])('ordinary is $what', ({ version, tell }) => {
    expect(suspected(version, tell)).toBeNull();
  });

  it('what was told before a known restore is no rival of what is told after it', () => {
    const tell: Telling = (of) => of.push(50, { phone: '2025550122' });
    expect(suspected(20, tell, known().setBack(15, 40))).toBeNull();
    expect(suspected(20, tell, known().setBack(15, 60))).toMatchObject({ code: 'row-differs' });
  });

  it('suspected is also what was changed later than a higher version, though one that followed it was told before it', () => {
    const history = known().increment(50, 'second', { loyalty_pts: 3 });
    history.entries.at(-1)!.version = 31;
    expect(suspected(30, (of) => of.patch(45, { phone: '2025550122' }), history)).toMatchObject({
      code: 'changed-later',
    });
  });

  it('suspected is also the row of a version of which something much later was told in part: the two are not of one change', () => {
    const history = known().increment(50, 'later', { loyalty_pts: 3 });
    history.entries.at(-1)!.version = 31;
    expect(suspected(31, (of) => of.push(35, { phone: '2025550122' }), history)).toMatchObject({
      code: 'changed-later',
    });
    expect(suspected(31, (of) => of.push(49, { phone: '2025550122' }), known())).toBeNull();
  });

  it('names an instant from which the system may count anew, after all that was told before', () => {
    expect(suspected(12, (of) => of.push(40, { phone: '2025550122' }))!.since).toBe(40 * 60_000);
    expect(suspected(20, (of) => of.push(21, { phone: '2025550122' }))!.since).toBe(30 * 60_000 + 1);
  });

  it('a version that was told before is known until its system is known to count anew', () => {
    const history = known();
    expect(versionToldBefore(history.entries, [])).toBe(30);
    expect(versionToldBefore(history.entries, history.setBack(15, 40).epochs)).toBeNull();
    history.push(50);
    Object.assign(history.entries.at(-1)!, { version: 12, hold: { standing: 'held', restart: 50 * 60_000 } });
    history.epochs.pop();
    expect(versionToldBefore(history.entries.slice(0, -1), [])).toBe(30);
    history.entries.at(-1)!.hold!.standing = 'thrown-back';
    expect(versionToldBefore(history.entries, [])).toBe(12);
  });
});
