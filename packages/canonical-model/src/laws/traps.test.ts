import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import type { AttributeId } from '../customer/attributes.ts';
import { isCreationClosed, closingId, tombstoneOf } from '../decisions/tombstone.ts';
import { RecordHistory } from '../facts/fixtures.ts';
import { evidenceOf } from '../matching/evidence.ts';
import { standingIn } from '../refresh/standing.ts';
import { shippedCast } from './cast.ts';
import { World } from './world.ts';

const golden = (world: World, id: AttributeId, index = 0) =>
  world.survivedOf(world.recordAt(index)).attributes[id]?.value;
const held = (world: World, index: number, member: string) => world.recordAt(index).row?.data[member];
const settled = (world: World) => expect(world.settle()).toBe(true);
const usd = (amount: string) => ({ amount, currency: 'USD' });

function arriveAll(world: World): void {
  for (let left = 0; left < 40; left += 1) world.arrive(0, false);
}

/** Days in the world's clock are short: one act is one second. */
describe('traps of real life', () => {
  it('two accounts under one customer keep their own credit limits through ten refreshes', () => {
    const world = new World(shippedCast, ['adipose', 'adipose', 'bellyfat']);
    world.edit(0, 'creditLimit', usd('1000.00'), 'whole');
    world.edit(1, 'creditLimit', usd('3000.00'), 'lost');
    for (let round = 0; round < 10; round += 1) settled(world);
    expect([held(world, 0, 'credit_limit_cents'), held(world, 1, 'credit_limit_cents')]).toEqual([100_000, 300_000]);
    expect(golden(world, 'creditLimit')).toEqual(usd('4000.00'));
    expect(held(world, 2, 'creditLimit')).toMatchObject(usd('4000.00'));
  });

  it('a deceased customer becomes inactive in Adipose, and its inactive copy never makes it dormant', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'lifecycle', 'deceased', 'whole');
    settled(world);
    expect(held(world, 0, 'status')).toBe('I');
    for (let round = 0; round < 3; round += 1) world.round();
    expect(golden(world, 'lifecycle')).toBe('deceased');
    expect(held(world, 1, 'lifecycle')).toBe('deceased');
  });

  it('a deleted customer does not come back: neither by a late event, nor by a refresh, nor as a new record', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    world.remove(0, false);
    world.arrive(1, false);
    world.arrive(0, false);
    settled(world);
    expect(world.isLive(world.recordAt(0))).toBe(false);
    const { state } = world.fold(world.recordAt(0));
    const closing = closingId({ recordId: 1, position: tombstoneOf(state, [])! });
    const customer = { kind: 'person', attributes: {}, live: true, present: false, maybeThere: false } as const;
    const everybody = { create: 'everybody', keep: 'everybody' } as const;
    expect(standingIn(everybody, { ...customer, closed: isCreationClosed([closing], []) })).toBe('closed');
    expect(standingIn(everybody, { ...customer, closed: isCreationClosed([closing], [{ closings: [closing] }]) })).toBe(
      'create',
    );
  });

  it('a user’s edit made while a delivery was under way survives', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'phone.primary', '+12025550122', 'whole');
    arriveAll(world);
    const offered = world.difference(world.recordAt(0)).carried;
    expect(Object.keys(offered)).toContain('phone.primary');
    world.edit(0, 'phone.primary', '+12025550111', 'lost');
    world.refresh(0, 'answered', false, true);
    expect(held(world, 0, 'phone')).toBe('2025550111');
    settled(world);
    expect(golden(world, 'phone.primary')).toBe('+12025550111');
  });

  it('a system set back two days loses no later edit', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    world.edit(0, 'email.primary', 'later@example.com', 'patch');
    world.edit(0, 'creditLimit', usd('7000.00'), 'whole');
    world.grow(0, 20, false);
    arriveAll(world);
    world.setBack(0, 6);
    expect(held(world, 0, 'phone')).toBe('2025550143');
    world.edit(0, 'consent.marketing', 'no', 'lost');
    settled(world);
    expect([held(world, 0, 'phone'), held(world, 0, 'email')]).toEqual(['2025550111', 'later@example.com']);
    expect([held(world, 0, 'credit_limit_cents'), held(world, 0, 'loyalty_pts')]).toEqual([700_000, 120]);
    expect(golden(world, 'consent.marketing')).toBe('no');
  });

  it('an opt-out is never undone by an unknown', () => {
    const history = new RecordHistory('bellyfat', 1, { consent: false }).push(10).push(20, { consent: null });
    const { state } = history.fold();
    expect(state.asserted['consent.marketing']).toMatchObject({ value: 'no', at: 10 * 60_000 });
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'consent.marketing', 'no', 'whole');
    arriveAll(world);
    const row = { ...world.recordAt(1).row!.data, consent: null };
    world.recordAt(1).adopt(row, (world.now += 1000));
    settled(world);
    expect(golden(world, 'consent.marketing')).toBe('no');
    expect([held(world, 0, 'mkt_ok'), held(world, 1, 'consent')]).toEqual(['N', false]);
  });

  it('the increment that arrives late and twice counts once', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.grow(0, 5, false);
    world.grow(0, 7, false);
    world.arrive(1, true);
    world.arrive(0, true);
    arriveAll(world);
    expect(golden(world, 'points')).toBe(112);
  });

  it('an increment that a listing overtook is not added once more', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.grow(0, 5, false);
    world.refresh(0, 'answered');
    arriveAll(world);
    expect(golden(world, 'points')).toBe(105);
  });

  it('a name that a narrow system cut comes back a hundred times and is still whole', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'name', { given: 'Ann', family: 'Featherstonehaugh-Cholmondeley' }, 'whole');
    settled(world);
    for (let round = 0; round < 10; round += 1) world.round();
    expect(golden(world, 'name')).toEqual({ given: 'Ann', family: 'Featherstonehaugh-Cholmondeley' });
    expect(String(held(world, 0, 'name')).length).toBeLessThanOrEqual(24);
  });

  it('a delivery whose answer was lost is not the system’s word when its row is pushed, so nothing flip-flops', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat', 'adipose']);
    world.edit(1, 'phone.primary', '+12025550122', 'whole');
    arriveAll(world);
    world.refresh(2, 'lost', false);
    world.edit(1, 'phone.primary', '+12025550133', 'whole');
    arriveAll(world);
    settled(world);
    expect(golden(world, 'phone.primary')).toBe('+12025550133');
    expect(world.survivedOf(world.recordAt(0)).conflicts).toEqual([]);
  });

  it('a system that reads its view and types it in says nothing new', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat', 'adipose']);
    world.edit(1, 'phone.primary', '+12025550122', 'whole');
    arriveAll(world);
    world.pull(2, true);
    arriveAll(world);
    const own = world.fold(world.recordAt(2)).state.asserted['phone.primary']!;
    expect(own).toMatchObject({ value: '+12025550143', superseded: { recordId: 2 } });
  });

  it('a customer who changes the number and then changes it back has the first number', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    settled(world);
    world.edit(1, 'phone.primary', '+12025550143', 'lost');
    settled(world);
    expect(golden(world, 'phone.primary')).toBe('+12025550143');
    expect(held(world, 0, 'phone')).toBe('2025550143');
  });

  it('two clerks correct one phone in the same hour: neither is overwritten until a person has chosen', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'lost');
    world.edit(1, 'phone.primary', '+12025550122', 'lost');
    settled(world);
    expect(held(world, 0, 'phone')).toBe('2025550111');
    const [conflict, ...others] = world.survivedOf(world.recordAt(0)).conflicts;
    expect(others).toEqual([]);
    world.desk.choose(conflict!, 1);
    settled(world);
    for (let round = 0; round < 10; round += 1) expect(world.round()).toBe(false);
    expect(held(world, 0, 'phone')).toBe('2025550111');
    expect(golden(world, 'phone.primary')).toBe('+12025550111');
  });

  it('a value that a system will not take is not sent to it every night, and does not come back as its word', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'phone.primary', '+12025550166', 'whole');
    settled(world);
    for (let round = 0; round < 3; round += 1) expect(world.round()).toBe(false);
    expect(golden(world, 'phone.primary')).toBe('+12025550166');
    expect(held(world, 0, 'phone')).toBe('2025550143');
  });

  it('a pin holds against every edit; when it has ended, the next edit wins again', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.desk.pin(1, 'phone.primary', '+12025550199', world.now, world.now + 60_000);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    settled(world);
    expect(held(world, 0, 'phone')).toBe('2025550199');
    world.now = world.survivedOf(world.recordAt(0)).recheckAt!;
    expect(golden(world, 'phone.primary')).toBe('+12025550199');
    world.edit(0, 'phone.primary', '+12025550122', 'whole');
    settled(world);
    expect(golden(world, 'phone.primary')).toBe('+12025550122');
  });

  it('sisters who share an e-mail are split, and stay apart whatever they edit; the split undone, all is as it was', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat', 'adipose']);
    const before = world.customers();
    world.desk.separate(3, [1, 2]);
    world.edit(2, 'phone.primary', '+12025550111', 'whole');
    arriveAll(world);
    expect(world.customers().map(({ ids }) => ids)).toEqual([[1, 2], [3]]);
    expect(golden(world, 'phone.primary')).toBe('+12025550143');
    expect(golden(world, 'phone.primary', 2)).toBe('+12025550111');
    world.desk.undo(0);
    expect(world.customers().map(({ ids }) => ids)).toEqual(before.map(({ ids }) => ids));
  });

  it('a value that a split-off record had supplied goes with it: the other’s own value counts again', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    settled(world);
    expect(held(world, 1, 'phones')).toMatchObject([{ e164: '+12025550111' }]);
    world.desk.separate(2, [1]);
    settled(world);
    expect(held(world, 1, 'phones')).toMatchObject([{ e164: '+12025550143' }]);
  });

  it('a value that a deleted record had supplied stays with those who hold it', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(0, 'phone.primary', '+12025550111', 'whole');
    settled(world);
    world.remove(0, false);
    arriveAll(world);
    settled(world);
    expect(golden(world, 'phone.primary', 1)).toBe('+12025550111');
    expect(held(world, 1, 'phones')).toMatchObject([{ e164: '+12025550111' }]);
  });

  it('a credit limit typed in the wrong system waits for an answer; refused, the right one is put back', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'creditLimit', usd('9000.00'), 'whole');
    settled(world);
    expect(held(world, 1, 'creditLimit')).toMatchObject(usd('9000.00'));
    expect(held(world, 0, 'credit_limit_cents')).toBe(250_000);
    const [request] = world.survivedOf(world.recordAt(0)).requests;
    world.desk.answer(request!, null);
    settled(world);
    expect(held(world, 1, 'creditLimit')).toMatchObject(usd('2500.00'));
    expect(world.survivedOf(world.recordAt(0)).requests).toEqual([]);
  });

  it('an accepted request reaches the one account that was named, and is that account’s own word from then on', () => {
    const world = new World(shippedCast, ['adipose', 'adipose', 'bellyfat']);
    world.edit(2, 'creditLimit', usd('9000.00'), 'whole');
    arriveAll(world);
    const [request] = world.survivedOf(world.recordAt(0)).requests;
    world.desk.answer(request!, 2);
    settled(world);
    expect([held(world, 0, 'credit_limit_cents'), held(world, 1, 'credit_limit_cents')]).toEqual([250_000, 900_000]);
    expect(world.fold(world.recordAt(1)).state.asserted.creditLimit).toMatchObject({ value: usd('9000.00') });
  });

  it('a birth date typed twice is one: only its owner’s word counts, and nothing is written back to the owner', () => {
    const world = new World(shippedCast, ['adipose', 'bellyfat']);
    world.edit(1, 'birthDate', '1981-01-01', 'whole');
    settled(world);
    expect(golden(world, 'birthDate')).toBe('1981-01-01');
    expect(held(world, 1, 'birthDate')).toBe('1981-01-01');
  });

  it('a product returned in the shop is gone, though an older account still lists it', () => {
    const bought = { sku: 'WASH-7', name: 'Washer', purchasedAt: '2026-01-05', serial: 'S-1' };
    const sold = new RecordHistory('bellyfat', 1, { products: [bought] }).push(10).push(50, { products: [] });
    const older = new RecordHistory('bellyfat', 2, { products: [bought] }).push(20);
    const world = new World(shippedCast, []);
    expect(world.customers()).toEqual([]);
    const id = 'products:["WASH-7","S-1"]';
    expect(sold.fold().state.asserted[id]).toMatchObject({ value: null });
    expect(older.fold().state.asserted[id]).toMatchObject({ value: { sku: 'WASH-7' } });
  });

  it('a phone that only connects two records keeps them together after it was changed', () => {
    const { said } = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' }).fold();
    expect(evidenceOf('person', said, 'adipose', modelAsShipped).phones).toEqual(['+12025550143', '+12025550188']);
  });
});
