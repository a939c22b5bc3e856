import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undatedAt } from './entry.ts';
import { foldTimeline } from './fold.ts';
import { propertyRuns, RecordHistory } from './fixtures.ts';

const bySteward = { recordId: 2, decisionId: 7 };
const byOther = { recordId: 2, decisionId: null };

describe('what a push asserts (rules 1 to 3)', () => {
  it('a repeated whole row asserts only what changed, and each value keeps its own time', () => {
    const { state } = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' }).push(30).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', at: 20 * 60_000, change: true });
    expect(state.asserted['email.primary']).toMatchObject({ at: 10 * 60_000, change: false });
    expect(state.headVersion).toBe(30);
  });

  it('a first row without a phone clears nothing, a later row without it does', () => {
    const first = new RecordHistory('adipose', 1).push(10, { phone: null });
    expect(first.fold().state.asserted['phone.primary']).toBeUndefined();
    const later = new RecordHistory('adipose', 1).push(10).push(20, { phone: null });
    expect(later.fold().state.asserted['phone.primary']).toMatchObject({ value: null, change: true });
  });

  it('a row that stands at the instant of its load lends its values the time that it states', () => {
    const history = new RecordHistory('adipose', 1).uncounted().push(10).push(30, { phone: '2025550188' });
    history.entries[1] = { ...history.entries[1]!, kind: 'push', saidAt: 20 * 60_000 } as (typeof history.entries)[1];
    const { state } = history.fold();
    expect(state.asserted['phone.primary']!.at).toBe(20 * 60_000);
    expect([state.headAt, state.asserted['email.primary']!.at]).toEqual([30 * 60_000, 10 * 60_000]);
  });

  it('a late entry is filed where it belongs: an edit between two known rows is found, with its own time', () => {
    const history = new RecordHistory('adipose', 1)
      .push(10)
      .push(20, { phone: '2025550188' })
      .push(30, { email: 'new@example.com' });
    const [first, second, third] = history.entries;
    const late = foldTimeline([first!, third!, second!], history.lens, 'person');
    expect(late).toEqual(history.fold());
    expect(late.state.asserted['phone.primary']!.at).toBe(20 * 60_000);
  });

  it('of two whole rows of one version the one accepted later counts, whichever is worked on first', () => {
    const told = ['2025550111', '2025550122'].map((phone) => new RecordHistory('adipose', 1).push(10, { phone }));
    for (const [first, second] of [told, told.toReversed()]) {
      const entries = [first!, second!].map((one, index) => {
        return { ...one.entries[0]!, acceptance: { call: index + 1, line: 1 } };
      });
      for (const both of [entries, entries.toReversed()])
        expect(foldTimeline(both, first!.lens, 'person')).toEqual(second!.fold());
    }
  });

  it('what a record’s first row says without a time is undated; a later row without a time says it when it was accepted', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' });
    const untimed = history.entries.map((entry) => ({ ...entry, timing: 'accepted' as const }));
    const { state } = foldTimeline(untimed, history.lens, 'person');
    expect(state.asserted['email.primary']).toMatchObject({ at: undatedAt, change: false });
    expect(state.asserted['phone.primary']).toMatchObject({ at: 20 * 60_000, change: true });
    expect(state.headAt).toBe(20 * 60_000);
    // In a load it stands at the instant of the load, and still nobody knows since when it holds.
    const loaded = { ...history.entries[0]!, timing: 'loaded' as const };
    expect(foldTimeline([loaded], history.lens, 'person').state.asserted['email.primary']!.at).toBe(undatedAt);
    // After its delete it begins again.
    const again = new RecordHistory('adipose', 1).push(10).delete(20).push(30);
    again.entries[2] = { ...again.entries[2]!, timing: 'accepted' };
    expect(again.fold().state.asserted['email.primary']!.at).toBe(undatedAt);
  });

  it('a field that cannot be read asserts nothing, the rest of the row applies', () => {
    const { state } = new RecordHistory('bellyfat', 1).push(10).push(20, { birthDate: '1980-02-31' }).fold();
    expect(state.asserted.birthDate).toMatchObject({ value: '1980-02-29' });
    expect(state.held.birthDate).toEqual({ fields: { birthDate: '1980-02-31' } });
  });

  it('tells what cannot be read of the row as it is now, not of earlier or later told ones', () => {
    const isWrong = [{ path: 'birthDate', code: 'not-a-date', detail: expect.any(String) }];
    const history = new RecordHistory('bellyfat', 1).push(10, { birthDate: '1980-02-31' });
    expect(history.fold().unreadable).toEqual(isWrong);
    const patched = new RecordHistory('bellyfat', 1).push(10).patch(20, { birthDate: '1980-02-31' });
    expect(patched.fold().unreadable).toEqual(isWrong);
    history.push(20, { birthDate: '1980-02-28' });
    expect(history.fold().unreadable).toEqual([]);
    expect(foldTimeline(history.entries.toReversed(), history.lens, 'person').unreadable).toEqual([]);
    history.setBack(15, 30);
    expect(history.fold().unreadable).toEqual(isWrong);
    expect(history.delete(40).fold().unreadable).toEqual([]);
  });
});

describe('offers and receipts (rules 8 to 10)', () => {
  const delivered = () =>
    new RecordHistory('adipose', 1).push(10).offer(15, 'd1', { 'phone.primary': '+12025550177' }, byOther);

  it('an offer alone changes nothing', () => {
    expect(delivered().fold().state).toEqual(new RecordHistory('adipose', 1).push(10).fold().state);
  });

  it('a value that comes back as it was offered is a receipt, not an assertion, even when the receipt was lost', () => {
    const { state } = delivered().push(20, { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550143', superseded: byOther });
    expect(state.held['phone.primary']!.value).toBe('+12025550177');
  });

  it('a value that its system cut within a letter comes back as the copy that it is, not as that system’s own word', () => {
    const name = { given: 'Zoë', family: 'McDonald' };
    for (const torn of ['MCDONALD, ZO\uFFFD', 'MCDONALD, ZO\uFFFD\uFFFD']) {
      const history = new RecordHistory('adipose', 1)
        .push(10, { name: 'MCDONALD, Z' })
        .offer(15, 'd1', { name }, byOther);
      const { state } = history.push(20, { name: torn }).fold();
      expect(state.asserted.name).toMatchObject({ native: '{"name":"MCDONALD, Z"}', superseded: byOther });
      expect(state.held.name!.fields).toEqual({ name: torn });
    }
    const edited = new RecordHistory('adipose', 1).push(10).offer(15, 'd1', { name }, byOther);
    expect(edited.push(20, { name: 'MCDONALD, ZU\uFFFD' }).fold().state.asserted.name).toMatchObject({ change: true });
  });

  it('after its receipt an offer explains nothing any more: the same value again, after another, is the system’s own word', () => {
    const { state } = delivered()
      .receipt(20, 'd1', { phone: '2025550177' })
      .push(30, { phone: '2025550143' })
      .push(40, { phone: '2025550177' })
      .fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550177', at: 40 * 60_000, superseded: null });
  });

  it('an offer stands for 30 days only', () => {
    const days = (n: number) => n * 24 * 60;
    const within = delivered().push(days(30), { phone: '2025550177' }).fold();
    expect(within.state.asserted['phone.primary']!.value).toBe('+12025550143');
    const after = delivered().push(days(31), { phone: '2025550177' }).fold();
    expect(after.state.asserted['phone.primary']!.value).toBe('+12025550177');
  });

  it('a receipt supersedes the own assertions up to its base, for what the delivery really changed', () => {
    const { state } = delivered().receipt(20, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ superseded: byOther });
    expect(state.asserted['email.primary']).toMatchObject({ superseded: null });
  });

  it('an edit made while the delivery was under way survives it', () => {
    const { state } = delivered().push(18, { phone: '2025550166' }).receipt(20, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550166', superseded: null });
    expect(state.held['phone.primary']!.value).toBe('+12025550177');
  });

  it('a value that the target changed is parked under what was sent, and what it stored is no assertion', () => {
    const { state } = delivered().receipt(20, 'd1', { phone: '2025550100' }).fold();
    expect(state.parked['phone.primary']).toEqual({ sent: '{"phone":"2025550177"}', code: 'changed-by-system' });
    expect(state.asserted['phone.primary']!.value).toBe('+12025550143');
    expect(state.held['phone.primary']!.value).toBe('+12025550100');
  });

  it('a refused value is parked with its code, supersedes nothing, and does not park what was refused along with it', () => {
    const { state } = new RecordHistory('adipose', 1)
      .push(10)
      .offer(15, 'd1', { 'phone.primary': '+12025550177', 'email.primary': 'x@example.com' }, bySteward)
      .refusal(20, 'd1', { phone: 'phone-not-10-digits' })
      .fold();
    expect(state.parked).toEqual({ 'phone.primary': { sent: '{"phone":"2025550177"}', code: 'phone-not-10-digits' } });
    expect(state.asserted['phone.primary']!.superseded).toBeNull();
  });

  it('a row that cannot be made for want of a value is not asked for again until there is another one, and then gets all', () => {
    const refused = new RecordHistory('bellyfat', 1)
      .offer(15, 'd1', { lifecycle: 'active', birthDate: '1980-02-28' }, bySteward)
      .refusal(20, 'd1', { 'person.family': 'name-required' });
    expect(refused.fold().state.parked).toEqual({
      lifecycle: { sent: '{"lifecycle":"active"}', code: 'name-required' },
      birthDate: { sent: '{"birthDate":"1980-02-28"}', code: 'name-required' },
    });
    const name = { given: 'Zoë', middle: 'Quincy', family: 'McDonald' };
    const made = refused.offer(25, 'd2', { name }, bySteward).receipt(30, 'd2', { birthDate: null });
    expect(made.fold().state.parked).toEqual({});
  });

  it('what a stored row shows beside the delivered fields was the system’s own change: heard', () => {
    const { state } = delivered().receipt(20, 'd1', { phone: '2025550177', email: 'quiet@example.com' }).fold();
    expect(state.asserted['email.primary']).toMatchObject({
      value: 'quiet@example.com',
      at: 20 * 60_000,
      change: true,
    });
  });

  it('the echo of a delivery counts as its receipt, whichever comes first', () => {
    const history = delivered().receipt(20, 'd1', { phone: '2025550100' });
    const receipt = history.entries.at(-1)!;
    if (receipt.kind !== 'receipt') throw new Error('The last entry is the receipt.');
    const { deliveryId: _id, refused: _refused, native, ...place } = receipt;
    const echo = { ...place, kind: 'push' as const, native: native! };
    expect(foldTimeline([...history.entries, echo], history.lens, 'person')).toEqual(history.fold());
    expect(foldTimeline([echo, ...history.entries], history.lens, 'person')).toEqual(history.fold());
  });
});

describe('the order of arrival (law 3)', () => {
  it('any permutation and repetition of a record’s entries folds to the same state', () => {
    const phone = fc.constantFrom('2025550111', '2025550122', '2025550133', null);
    const step = fc.record({
      what: fc.constantFrom('push', 'offer', 'receipt'),
      phone,
      email: fc.constantFrom('a@example.com', 'b@example.com'),
    });
    const histories = fc.array(step, { minLength: 1, maxLength: 8 }).map((steps) => {
      const history = new RecordHistory('adipose', 1).push(1);
      let open = 0;
      steps.forEach(({ what, phone, email }, index) => {
        const minute = (index + 1) * 10;
        if (what === 'push') history.push(minute, { phone, email });
        else if (what === 'offer')
          history.offer(minute, `d${(open = minute)}`, { 'phone.primary': phone && `+1${phone}` }, byOther);
        else if (open) history.receipt(minute, `d${open}`, { phone });
      });
      return history;
    });
    const shuffled = histories.chain((history) =>
      fc
        .shuffledSubarray([...history.entries, ...history.entries], { minLength: history.entries.length * 2 })
        .map((entries) => ({ history, entries })),
    );
    fc.assert(
      fc.property(shuffled, ({ history, entries }) => {
        expect(foldTimeline(entries, history.lens, 'person')).toEqual(history.fold());
      }),
      propertyRuns,
    );
  });
});

describe('names that hold (law 5)', () => {
  it('the whole row of a version that was told in part before changes nothing of what the part asserted', () => {
    const history = new RecordHistory('adipose', 1).push(10).patch(20, { phone: '2025550188' });
    const before = history.fold().state.asserted;
    expect(history.push(20).fold().state.asserted).toEqual(before);
  });

  it('an offer over a row that gave way to another of its version still supersedes what was said up to there', () => {
    const [a, b] = ['2025550111', '2025550122'].map((phone) => new RecordHistory('adipose', 1).push(20, { phone }));
    const [lesser, greater] = a!.entries[0]!.content < b!.entries[0]!.content ? [a!, b!] : [b!, a!];
    const history = new RecordHistory('adipose', 1).push(10);
    history.entries.push(lesser.entries[0]!);
    history.offer(25, 'd1', { 'phone.primary': '+12025550177' }, byOther);
    history.entries.push(greater.entries[0]!);
    const { state } = history.receipt(30, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ at: 20 * 60_000, superseded: byOther });
  });
});
