import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import type { RowEntry } from './entry.ts';
import { foldTimeline } from './fold.ts';
import { contentOf, propertyRuns, RecordHistory } from './fixtures.ts';
import { mergePatch } from './merge-patch.ts';
import type { Lens } from '../mapping/lens.ts';

const account = () => new RecordHistory('adipose', 1).push(10, { loyalty_pts: 100 });
const pointsOf = (history: RecordHistory) => history.fold().state.held.points?.value;
const arrivedAs = (history: RecordHistory, order: readonly number[]) =>
  foldTimeline(
    order.map((index) => history.entries[index]!),
    history.lens,
    'person',
  );

describe('patches (rules 1 and 5)', () => {
  it('a patch asserts the members that it names and says nothing of the others', () => {
    const { state } = account().patch(20, { phone: '2025550188' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', at: 20 * 60_000, change: true });
    expect(state.asserted['email.primary']).toMatchObject({ at: 10 * 60_000 });
    expect(state.held['email.primary']!.value).toBe('jo@example.com');
  });

  it('a patch that empties a member clears the attribute', () => {
    const { state } = account().patch(20, { phone: null }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: null, change: true });
  });

  it('a patch without a row that it could change asserts nothing, and counts once the row has come', () => {
    const history = account().patch(20, { phone: '2025550188' });
    expect(arrivedAs(history, [1]).state).toMatchObject({ headVersion: null, held: {}, asserted: {} });
    expect(arrivedAs(history, [1, 0])).toEqual(history.fold());
  });

  it('a patch that names every member of a row is still none: without a row it asserts nothing', () => {
    const { entries, lens } = account();
    const { native, ...place } = entries[0] as RowEntry;
    const patch = { ...place, kind: 'patch' as const, native };
    expect(foldTimeline([patch], lens, 'person').state).toMatchObject({ headVersion: null, held: {}, asserted: {} });
  });

  it('of a row and a patch of one version the row is the whole truth', () => {
    const { state } = account().push(20, { phone: '2025550188' }).patch(20, { phone: '2025550199' }).fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550188');
  });

  it('a patch makes the later version known, but not its whole row', () => {
    const { state } = account().patch(20, { phone: '2025550188' }).fold();
    expect(state).toMatchObject({ headVersion: 20, wholeVersion: 10, headAt: 20 * 60_000 });
  });

  it('a patch that would leave the row without its kind changes nothing', () => {
    const { state } = account().patch(20, { cust_type: 'X', phone: '2025550188' }).fold();
    expect(state).toEqual(account().fold().state);
  });

  it.each([
    {
      row: { a: 1, b: { c: 2, d: 3 } },
      patch: { b: { c: null, e: 4 }, a: [1] },
      merged: { a: [1], b: { d: 3, e: 4 } },
    },
    { row: { a: [1, 2] }, patch: { a: null }, merged: {} },
    { row: { a: 1 }, patch: { b: { c: null, d: 1 } }, merged: { a: 1, b: { d: 1 } } },
    { row: { a: { b: 1 } }, patch: { a: 'x' }, merged: { a: 'x' } },
  ] as { row: Json; patch: Json; merged: Json }[])(
    'merging $patch into $row gives $merged',
    ({ row, patch, merged }) => {
      expect(mergePatch(row, patch)).toEqual(merged);
    },
  );
});

describe('increments (rule 6)', () => {
  it('the increment that arrives late and twice counts once', () => {
    const history = account().increment(20, 'sale-1', { loyalty_pts: 5 }).increment(30, 'sale-2', { loyalty_pts: 7 });
    expect(pointsOf(history)).toBe(112);
    expect(arrivedAs(history, [0, 2, 1, 1, 2]).state.held.points!.value).toBe(112);
  });

  it('one event counts once, even when its second telling looks different', () => {
    const history = account().increment(20, 'sale-1', { loyalty_pts: 5 }).increment(25, 'sale-1', { loyalty_pts: 6 });
    expect(pointsOf(history)).toBe(105);
  });

  it('a whole row’s total is the baseline: what was added up to its version is in it', () => {
    const history = account()
      .increment(20, 'sale-1', { loyalty_pts: 5 })
      .push(30, { loyalty_pts: 105 })
      .increment(30, 'sale-2', { loyalty_pts: 50 })
      .increment(40, 'sale-3', { loyalty_pts: 1 });
    expect(pointsOf(history)).toBe(106);
    expect(arrivedAs(history, [2, 4, 0, 3, 1]).state.held.points!.value).toBe(106);
  });

  it('several additions of one version all count, and so does a patch of that version', () => {
    const history = account()
      .increment(20, 'sale-1', { loyalty_pts: 5, lifetime_cents: 100 })
      .increment(20, 'gift-1', { loyalty_pts: 50 })
      .patch(20, { phone: '2025550188' });
    const { state } = history.fold();
    expect(state.held.points!.value).toBe(155);
    expect(state.held['phone.primary']!.value).toBe('+12025550188');
    expect(state.asserted.points).toMatchObject({ value: 155, at: 20 * 60_000 });
  });

  it('an increment of a number that the row does not show adds nothing', () => {
    const history = account().increment(20, 'sale-1', { 'no.such': 5, phone: 1, '..': 2 });
    expect(history.fold().state.held).toEqual(account().fold().state.held);
  });

  it('any arrival of rows, patches and increments ends in the same state', () => {
    const act = fc.record({
      what: fc.constantFrom('push', 'patch', 'increment'),
      minute: fc.integer({ min: 2, max: 8 }),
      points: fc.nat(9),
      phone: fc.constantFrom('2025550111', '2025550122', null),
    });
    const histories = fc.array(act, { minLength: 1, maxLength: 8 }).map((acts) => {
      const history = account();
      acts.forEach(({ what, minute, points, phone }, index) => {
        if (what === 'push') history.push(minute * 10, { loyalty_pts: points, phone });
        else if (what === 'patch') history.patch(minute * 10, { phone });
        else history.increment(minute * 10, `event-${index % 4}`, { loyalty_pts: points });
      });
      return history;
    });
    const shuffled = histories.chain((history) => {
      const twice = [...history.entries, ...history.entries];
      return fc.shuffledSubarray(twice, { minLength: twice.length }).map((entries) => ({ history, entries }));
    });
    fc.assert(
      fc.property(shuffled, ({ history, entries }) => {
        expect(foldTimeline(entries, history.lens, 'person')).toEqual(history.fold());
      }),
      propertyRuns,
    );
  });
});

describe('items of lists (rule 4)', () => {
  const washer = { sku: 'WASH-7', name: 'Washer', purchasedAt: '2026-01-05', serial: 'S-1' };
  const dryer = { sku: 'DRY-2', name: 'Dryer', purchasedAt: '2026-02-05', serial: null };
  const id = 'products:["WASH-7","S-1"]';
  const owner = () => new RecordHistory('bellyfat', 1).push(10, { products: [washer, dryer] });

  it('each item is asserted by itself, with the time of its own change', () => {
    const { state } = owner()
      .push(20, { products: [{ ...washer, name: 'Washer XL' }, dryer] })
      .fold();
    expect(state.asserted[id]).toMatchObject({ value: { sku: 'WASH-7', name: 'Washer XL' }, at: 20 * 60_000 });
    expect(state.asserted['products:["DRY-2",null]']).toMatchObject({ at: 10 * 60_000, change: false });
  });

  it('an item that a later row no longer lists is removed, and removing is told once', () => {
    const history = owner()
      .push(20, { products: [dryer] })
      .push(30, { birthDate: '1980-03-01' });
    expect(history.fold().state.asserted[id]).toMatchObject({ value: null, at: 20 * 60_000, change: true });
  });

  it('an item that comes again is there again', () => {
    const { state } = owner()
      .push(20, { products: [dryer] })
      .push(30, { products: [dryer, washer] })
      .fold();
    expect(state.asserted[id]).toMatchObject({ value: { sku: 'WASH-7' }, at: 30 * 60_000 });
  });

  it('a patch that does not name the list leaves its items', () => {
    const { state } = owner().patch(20, { birthDate: '1980-03-01' }).fold();
    expect(state.held[id]!.value).toMatchObject({ sku: 'WASH-7' });
    expect(contentOf(state.asserted[id]!.value!)).toBe(contentOf(owner().fold().state.asserted[id]!.value!));
  });

  it('a removed item is held as nothing, under the path by which its system knows it', () => {
    const { state } = owner()
      .push(20, { products: [dryer] })
      .fold();
    expect(state.held[id]).toEqual({ fields: { 'products[sku="WASH-7",serial="S-1"]': null }, value: null });
  });

  it('a row that is silent about a list, or about a plain value, takes nothing away', () => {
    const history = owner().push(20, { lifecycle: 'dormant' });
    const { lens } = history;
    /** As if the mapping told nothing of these where the row has none. */
    const silent: Lens = {
      ...lens,
      read: (row) => {
        const reading = lens.read(row);
        if (reading.attributes.lifecycle?.value !== 'dormant') return reading;
        const { [id]: _item, birthDate: _date, ...attributes } = reading.attributes;
        return { ...reading, attributes, lists: reading.lists.filter((list) => list !== 'products') };
      },
    };
    const { held, asserted } = foldTimeline(history.entries, silent, 'person').state;
    expect(held[id]!.value).toMatchObject({ sku: 'WASH-7' });
    expect(held.birthDate!.value).toBe('1980-02-29');
    expect(asserted.birthDate).toMatchObject({ value: '1980-02-29', at: 10 * 60_000 });
  });
});
