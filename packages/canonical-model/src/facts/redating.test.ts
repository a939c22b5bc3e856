import { describe, expect, it } from 'vitest';
import { RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';
import { positionOf, type Entry } from './entry.ts';
import { redated, redatingOf, type MappingReading } from './redating.ts';

const minute = 60_000;
const byOther = { recordId: 2, decisionId: null };
const account = () => new RecordHistory('adipose', 1).push(10);
/** Mappings that read the time in one of two places. */
const readings = {
  upd: (native: unknown) => (native as { upd: number }).upd * minute,
  sold: (native: unknown) => (native as { last_txn_at: number | null }).last_txn_at,
  none: () => null,
};

/** As published a hundred minutes one after the other; each names the place at which it reads the time. */
function published(...places: (keyof typeof readings)[]): MappingReading[] {
  return places.map((place, nth) => ({
    version: nth + 1,
    publishedAt: nth * 100 * minute,
    reads: place,
    timeOf: (native) => readings[place](native),
  }));
}

/** A row that was edited at the minute `upd`, and filed as the mapping of that minute dates it. */
function edited(upd: number, place: keyof typeof readings, changes = {}): Entry[] {
  const history = account().push(upd, { upd, last_txn_at: 5 * minute, phone: '2025550188', ...changes });
  const entry = history.entries.at(-1)!;
  const time = readings[place]('native' in entry ? entry.native : null);
  const dated = { at: time ?? upd * minute + 7, timing: time === null ? ('accepted' as const) : ('stated' as const) };
  return [history.entries[0]!, { ...entry, ...dated, filedAt: upd * minute + 7 }];
}

const phoneAt = (entries: readonly Entry[], mappings: readonly MappingReading[]) =>
  foldTimeline(redated(entries, redatingOf(mappings)), account().lens, 'person').state.asserted['phone.primary']!.at;

describe('times that a mapping read which was taken back (rule 33)', () => {
  it('what a mapping dated wrongly is dated as the former one has it, once that is published again', () => {
    const wrong = edited(120, 'sold');
    expect(phoneAt(wrong, published('upd', 'sold'))).toBe(5 * minute);
    expect(phoneAt(wrong, published('upd', 'sold', 'upd'))).toBe(120 * minute);
  });

  it('a mapping that reads another time than all before it re-dates nothing that was told before', () => {
    const old = edited(20, 'upd');
    expect(redated(old, redatingOf(published('upd', 'sold')))).toEqual(old);
    const between = edited(120, 'sold');
    expect(redated(between, redatingOf(published('upd', 'sold', 'none')))).toEqual(between);
  });

  it('the sender’s own time stays, whatever the mapping read', () => {
    const [first, entry] = edited(120, 'sold');
    const stated = [first!, { ...entry!, at: 99 * minute }];
    expect(redated(stated, redatingOf(published('upd', 'sold', 'upd')))).toEqual(stated);
  });

  it('what the former mapping left without a time counts again from when it was filed, and the other way round', () => {
    const timed = edited(120, 'sold');
    expect(redated(timed, redatingOf(published('none', 'sold', 'none')))[1]).toMatchObject({
      at: 120 * minute + 7,
      timing: 'accepted',
    });
    const untimed = edited(120, 'none');
    expect(redated(untimed, redatingOf(published('upd', 'none', 'upd')))[1]).toMatchObject({
      at: 120 * minute,
      timing: 'stated',
    });
  });

  it('only the mappings between are taken back: what a kept one dated keeps its time', () => {
    const mappings = published('none', 'sold', 'upd', 'sold');
    const kept = edited(120, 'sold');
    expect(redated(kept, redatingOf(mappings))).toEqual(kept);
    const taken = edited(250, 'upd');
    expect(redated(taken, redatingOf(mappings))[1]!.at).toBe(5 * minute);
  });

  it('keeps the name that it was filed under, so that what points to it still does', () => {
    const wrong = edited(120, 'sold');
    const [, right] = redated(wrong, redatingOf(published('upd', 'sold', 'upd')));
    expect(positionOf(right!)).toBe(positionOf(wrong[1]!));
  });

  it('what was delivered over it while its time was the wrong one has replaced nothing', () => {
    const history = account().push(120, { upd: 120, last_txn_at: 5 * minute, phone: '2025550188' });
    history.entries.push({ ...history.entries.pop()!, at: 5 * minute, filedAt: 120 * minute });
    history.offer(130, 'd1', { 'phone.primary': '+12025550143' }, byOther).receipt(131, 'd1', { phone: '2025550143' });
    const phone = (...places: (keyof typeof readings)[]) =>
      foldTimeline(redated(history.entries, redatingOf(published(...places))), history.lens, 'person').state.asserted[
        'phone.primary'
      ]!;
    expect(phone('upd', 'sold').superseded).toEqual(byOther);
    expect(phone('upd', 'sold', 'upd')).toMatchObject({ superseded: null, at: 120 * minute });
    history.offer(230, 'd2', { 'phone.primary': '+12025550166' }, byOther).receipt(231, 'd2', { phone: '2025550166' });
    expect(phone('upd', 'sold', 'upd').superseded, 'what is delivered since').toEqual(byOther);
  });

  it('a time that lies ahead counts as that of filing, as it does when it is filed', () => {
    const wrong = edited(120, 'sold', { upd: 900 });
    expect(phoneAt(wrong, published('upd', 'sold', 'upd'))).toBe(120 * minute + 7);
  });
});
