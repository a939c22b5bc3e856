import { describe, expect, it } from 'vitest';
import type { Supplier } from './entry.ts';
import { RecordHistory } from './fixtures.ts';
import { allFields } from './record-state.ts';

const byOther = { recordId: 2, decisionId: null };
const bySteward = { recordId: 3, decisionId: 7 };
const account = () => new RecordHistory('adipose', 1).push(10);
const phone = 'phone.primary';
const minutesOf = (days: number) => days * 24 * 60;

/** An account that comes with 2025550143, and is sent another phone over that. */
const sent = (supplier: Supplier = byOther) => account().offer(15, 'd1', { [phone]: '+12025550177' }, supplier);
const delivered = () => sent().receipt(20, 'd1', { phone: '2025550177' });

/** The last offer answers an accepted change request. */
function asRequest(history: RecordHistory, decisionId: number): RecordHistory {
  const offer = history.entries.at(-1)!;
  if (offer.kind === 'offer') offer.carried[phone]!.request = decisionId;
  return history;
}

describe('what an answer tells (rule 9)', () => {
  it('the row that it shows is the last that is known of the record', () => {
    const history = delivered();
    const { state } = history.fold();
    expect(state).toMatchObject({ headVersion: 20, wholeVersion: 20, headAt: 20 * 60_000 });
    expect(state.headPosition).toBe(history.push(20).fold().state.headPosition);
  });

  it('an answer to a delivery that the hub does not know of tells of its row all the same', () => {
    const { state } = account().receipt(20, 'unknown', { phone: '2025550177' }).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550177', change: true });
  });

  it('each answer goes with its own delivery: the later of two settles both', () => {
    const history = sent().offer(16, 'd2', { [phone]: '+12025550188' }, bySteward);
    const { state } = history.receipt(20, 'd2', { phone: '2025550188' }).fold();
    expect(state.parked).toEqual({});
    expect(state.asserted[phone]!.superseded).toEqual(bySteward);
    const again = history.push(30, { phone: '2025550177' }).fold();
    expect(again.state.asserted[phone]).toMatchObject({ value: '+12025550177', at: 30 * 60_000 });
  });

  it('the earlier of two that is answered leaves the later one to explain what comes back', () => {
    const history = sent().offer(16, 'd2', { [phone]: '+12025550188' }, bySteward);
    const { state } = history.receipt(20, 'd1', { phone: '2025550177' }).push(30, { phone: '2025550188' }).fold();
    expect(state.asserted[phone]!.value).toBe('+12025550143');
    expect(state.delivered[phone]).toMatchObject({ value: '+12025550188', supplier: bySteward });
  });

  it('a refused value that the system then says by itself is its own word, also when the answer came later', () => {
    const { state } = sent().refusal(25, 'd1', { phone: 'locked' }).push(20, { phone: '2025550177' }).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550177', superseded: null });
    expect(state.parked).toEqual({});
  });

  it('to the minute 30 days after the offer its value is still explained by it, then no longer', () => {
    const onTheDay = sent().push(15 + minutesOf(30), { phone: '2025550177' });
    expect(onTheDay.fold().state.asserted[phone]!.value).toBe('+12025550143');
    const after = sent().push(16 + minutesOf(30), { phone: '2025550177' });
    expect(after.fold().state.asserted[phone]!.value).toBe('+12025550177');
  });

  it('a delivery over a row that the hub did not know to be changed replaces only what it knew of', () => {
    const { state } = sent().push(14, { phone: '2025550166' }).receipt(20, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550166', superseded: null });
  });

  it('a delivery that makes a record replaces nothing that the system said there itself', () => {
    const { state } = new RecordHistory('adipose', 1)
      .offer(15, 'd1', { [phone]: '+12025550177' }, byOther)
      .push(20, { phone: '2025550166' })
      .receipt(30, 'd1', { phone: '2025550177' })
      .fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550166', superseded: null });
    expect(state.delivered[phone]).toMatchObject({ value: '+12025550177' });
  });

  it('a delivery over a row that the hub no longer knows replaces nothing of what was told after it', () => {
    const history = sent().push(20, { email: 'other@example.com' }).receipt(30, 'd1', { phone: '2025550177' });
    history.entries.shift();
    const { state } = history.fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550143', at: 20 * 60_000, superseded: null });
    expect(state.delivered[phone]).toMatchObject({ value: '+12025550177' });
  });

  it('an item sent to a row that was deleted meanwhile, and that came again without it, leaves no copy and no question', () => {
    const washer = { sku: 'WASH-7', name: 'Washer', purchasedAt: '2026-01-05', serial: null };
    const id = 'products:["WASH-7",null]';
    const history = new RecordHistory('bellyfat', 1).push(10, { products: [washer] });
    history.offer(15, 'd1', { [id]: { sku: 'WASH-7', name: 'Washer XL' } }, byOther).delete(20);
    const { state } = history.receipt(30, 'd1', { products: [] }).fold();
    expect(state.deleted).toBeNull();
    expect([state.held[id], state.asserted[id], state.delivered[id]]).toEqual([undefined, undefined, undefined]);
    expect(state.parked[id]).toMatchObject({ code: 'changed-by-system' });
  });
});

describe('values that wait (rule 9)', () => {
  const parkedAs = (code: string) => ({ [phone]: { sent: '{"phone":"2025550177"}', code } });

  it.each<{ what: string; stored: Record<string, string>; refused: Record<string, string>; code: string }>([
    { what: 'kept its own value without a word', stored: {}, refused: {}, code: 'changed-by-system' },
    {
      what: 'stored another value, and refused what was not sent',
      stored: { phone: '2025550100' },
      refused: { email: 'locked' },
      code: 'changed-by-system',
    },
    {
      what: 'kept its own value and refused what was not sent',
      stored: {},
      refused: { email: 'email-required' },
      code: 'email-required',
    },
    {
      what: 'stored another value and says why',
      stored: { phone: '2025550100' },
      refused: { phone: 'shortened' },
      code: 'shortened',
    },
  ])('the target $what: parked as $code', ({ stored, refused, code }) => {
    const { state } = sent()
      .receipt(20, 'd1', { city: 'CHICAGO', ...stored }, refused)
      .fold();
    expect(state.parked).toEqual(parkedAs(code));
  });

  it('a parked value waits while the system says other things, and ends when the system changes that attribute itself', () => {
    const parked = sent().receipt(20, 'd1', { phone: '2025550100' });
    expect(parked.push(30, { email: 'new@example.com' }).fold().state.parked).toEqual(parkedAs('changed-by-system'));
    expect(parked.push(40, { phone: '2025550166' }).fold().state.parked).toEqual({});
  });

  it('a value that is refused leaves the copy of the delivery before it', () => {
    const history = delivered().offer(25, 'd2', { [phone]: '+12025550188' }, bySteward);
    const { state } = history.refusal(30, 'd2', { phone: 'locked' }).fold();
    expect(state.delivered[phone]).toMatchObject({ value: '+12025550177', supplier: byOther });
    expect(state.asserted[phone]!.superseded).toEqual(byOther);
  });

  it('a value that was stored as something unreadable leaves no copy', () => {
    const history = new RecordHistory('bellyfat', 1).push(10).offer(15, 'd1', { birthDate: '1980-02-28' }, byOther);
    const { state } = history.receipt(20, 'd1', { birthDate: '1980-02-31' }).fold();
    expect(state.delivered).toEqual({});
    expect(state.parked.birthDate).toMatchObject({ code: 'changed-by-system' });
    expect(state.asserted.birthDate).toMatchObject({ value: '1980-02-29', superseded: byOther });
  });
});

describe('what a delivery brings back (rules 10 and 17)', () => {
  it('its own value, delivered after another’s, is the record’s own word again', () => {
    const history = delivered().offer(25, 'd2', { [phone]: '+12025550143' }, bySteward);
    const { state } = history.receipt(30, 'd2', { phone: '2025550143' }).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550143', at: 10 * 60_000, superseded: null });
    expect(state.delivered).toEqual({});
  });

  it('an accepted request whose value the owner stored otherwise is not the owner’s word', () => {
    const asked = asRequest(sent(bySteward), 7);
    const { state } = asked.receipt(20, 'd1', { phone: '2025550100' }).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550143', request: null, superseded: bySteward });
    expect(state.parked[phone]).toMatchObject({ code: 'changed-by-system' });
  });

  it('an accepted request whose value the owner already held is the owner’s word from its answer on', () => {
    const asked = asRequest(account().offer(15, 'd1', { [phone]: '+12025550143' }, bySteward), 7);
    const { state } = asked.refusal(20, 'd1', {}).fold();
    expect(state.asserted[phone]).toMatchObject({ value: '+12025550143', request: 7, at: 20 * 60_000 });
  });
});

it('the fields of several attributes stand together', () => {
  const { held } = account().fold().state;
  expect(allFields({ [phone]: held[phone]!, lifecycle: held.lifecycle! })).toEqual({
    phone: '2025550143',
    status: 'A',
  });
  expect(allFields({})).toEqual({});
});
