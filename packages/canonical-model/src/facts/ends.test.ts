import { describe, expect, it } from 'vitest';
import { RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';

const byOther = { recordId: 2, decisionId: null };

describe('deletes (rule 26)', () => {
  const account = () => new RecordHistory('adipose', 1).push(10);

  it('a deleted record holds nothing any more, and remembers when it was deleted', () => {
    const { state } = account().delete(20).fold();
    expect(state).toMatchObject({ held: {}, headVersion: 20, deleted: { at: 20 * 60_000 } });
    expect(state.deleted!.position).toBe(state.headPosition);
  });

  it('a row that was older than the delete and arrives after it does not bring the record back', () => {
    const history = account().delete(30).push(20, { phone: '2025550188' });
    expect(history.fold().state).toMatchObject({ held: {}, deleted: { at: 30 * 60_000 } });
  });

  it('the system tells of the record again: it begins anew, with what it comes with', () => {
    const { state } = account().delete(20).push(30, { phone: '2025550188', email: null }).fold();
    expect(state.deleted).toBeNull();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', change: false });
    expect(state.asserted['email.primary']).toBeUndefined();
    const edited = account().delete(20).push(30).push(40, { phone: '2025550188' }).fold();
    expect(edited.state.asserted['phone.primary']).toMatchObject({ change: true });
  });

  it('what was said before it is evidence of whoever was there then: who is told of after it says who that is (rule 21)', () => {
    const ended = account().delete(20);
    expect(ended.fold().said['phone.primary']).toEqual(['+12025550143']);
    const { said, state } = ended.push(30, { phone: '2025550188' }).fold();
    expect([state.life, said['phone.primary']]).toEqual([1, ['+12025550188']]);
    expect(ended.delete(40).push(50).fold().state.life).toBe(2);
  });

  it('a delete at the version of a row follows that row', () => {
    const { state } = account().push(20, { phone: '2025550188' }).delete(20).fold();
    expect(state.deleted).not.toBeNull();
    expect(state.asserted['phone.primary']!.value).toBe('+12025550188');
  });

  it('a delete without a version stands by its instant', () => {
    const history = account().delete(20).push(30);
    const unversioned = history.entries.map((entry) => (entry.kind === 'delete' ? { ...entry, version: null } : entry));
    expect(foldTimeline(unversioned, history.lens, 'person').state.deleted).toBeNull();
    expect(foldTimeline(unversioned.slice(0, 2), history.lens, 'person').state.deleted).not.toBeNull();
  });

  it('parts of a deleted row have nothing to add to', () => {
    const history = account().delete(20).patch(30, { phone: '2025550188' }).increment(31, 'e', { loyalty_pts: 1 });
    expect(history.fold().state).toMatchObject({ held: {}, headVersion: 20, deleted: { at: 20 * 60_000 } });
  });
});

describe('a system that was set back (rule 7)', () => {
  /** Edited on the second and third day; at the fourth it was set back to the first. */
  const setBack = () =>
    new RecordHistory('adipose', 1)
      .push(10)
      .push(20, { phone: '2025550188' })
      .push(30, { email: 'later@example.com' })
      .setBack(15, 40);

  it('the system holds again what it held then, while the edits of the lost days still count', () => {
    const { state } = setBack().fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
    expect(state).toMatchObject({ headVersion: 10, wholeVersion: 10 });
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', at: 20 * 60_000 });
    expect(state.asserted['email.primary']).toMatchObject({ value: 'later@example.com' });
  });

  it('its old row, told again after the restore, asserts nothing: no later edit is lost', () => {
    const history = setBack();
    history.push(41, { phone: '2025550143', email: 'jo@example.com' });
    history.entries.at(-1)!.version = 11;
    const { state } = history.fold();
    expect(state.asserted['phone.primary']!.value).toBe('+12025550188');
    expect(state.asserted['email.primary']!.value).toBe('later@example.com');
    expect(state).toMatchObject({ headVersion: 11 });
  });

  it('an edit after the restore follows all that was said before, though its version is lower', () => {
    const history = setBack();
    history.push(50, { phone: '2025550166', email: 'jo@example.com' });
    history.entries.at(-1)!.version = 11;
    const { state } = history.fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550166', at: 50 * 60_000 });
    expect(state.asserted['email.primary']!.value).toBe('later@example.com');
    expect(state.held['email.primary']!.value).toBe('jo@example.com');
  });

  it('what arrives late from before the restore is filed under the old time', () => {
    const history = setBack();
    const late = new RecordHistory('adipose', 1).push(10).push(25, { phone: '2025550155' }).entries[1]!;
    history.entries.push(late);
    const { state } = history.fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', at: 30 * 60_000 });
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
  });

  it('a delivery of the lost days is to be sent again, and its copy is no longer there', () => {
    const history = new RecordHistory('adipose', 1)
      .push(10)
      .offer(18, 'd1', { 'phone.primary': '+12025550177' }, byOther)
      .receipt(20, 'd1', { phone: '2025550177' });
    expect(history.fold().state.delivered['phone.primary']).toMatchObject({ value: '+12025550177', supplier: byOther });
    const { state } = history.setBack(15, 40).fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
    expect(state.delivered['phone.primary']).toBeUndefined();
    expect(state.asserted['phone.primary']!.superseded).toEqual(byOther);
  });

  it('a delivery before the instant that it was set back to is still held, and so is its copy', () => {
    const history = new RecordHistory('adipose', 1)
      .push(5)
      .offer(8, 'd1', { 'phone.primary': '+12025550177' }, byOther)
      .receipt(10, 'd1', { phone: '2025550177' })
      .push(20, { email: 'later@example.com' })
      .setBack(15, 40);
    const { state } = history.fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550177');
    expect(state.delivered['phone.primary']).toMatchObject({ value: '+12025550177', supplier: byOther });
  });

  it('what it said at the very instant that it was set back to it holds', () => {
    const { state } = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' }).setBack(20, 40).fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550188');
    expect(state).toMatchObject({ headVersion: 20 });
  });

  it('a record that the hub made in the lost days is not there, nor are its copies', () => {
    const { state } = new RecordHistory('adipose', 1)
      .offer(18, 'd1', { 'phone.primary': '+12025550177' }, byOther)
      .receipt(20, 'd1', { phone: '2025550177' })
      .setBack(15, 40)
      .fold();
    expect(state).toMatchObject({ held: {}, delivered: {}, headVersion: null });
  });

  it('a row of the lost days that arrives after an offer over the restored one brings nothing back', () => {
    const history = new RecordHistory('adipose', 1).push(10).setBack(15, 40);
    history.offer(45, 'd1', { 'email.primary': 'new@example.com' }, byOther).push(20, { phone: '2025550188' });
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550143');
  });

  it('a record that was born in the lost days is held by nobody, and what it said still counts', () => {
    const { state } = new RecordHistory('adipose', 1).push(20).setBack(15, 40).fold();
    expect(state).toMatchObject({ held: {}, headVersion: null, wholeVersion: null });
    expect(state.asserted['phone.primary']).toBeDefined();
  });

  it('a delete of the lost days stands, though the system shows the row again', () => {
    expect(new RecordHistory('adipose', 1).push(10).delete(20).setBack(15, 40).fold().state.deleted).not.toBeNull();
  });

  it('set back twice, the second time to before the first: it holds what it held at the earlier instant', () => {
    const history = setBack();
    history.push(50, { phone: '2025550166' });
    history.entries.at(-1)!.version = 11;
    history.setBack(12, 60);
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550143');
    history.epochs[1] = { setBackTo: 55 * 60_000, restoredAt: 60 * 60_000 };
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550166');
  });

  it.each([
    { backTo: 12, holds: '+12025550143' },
    { backTo: 30, holds: '+12025550177' },
    { backTo: 40, holds: '+12025550188' },
    { backTo: 45, holds: '+12025550188' },
  ])('set back at 40 to 15 and at 50 to $backTo, it holds what it held at $backTo: $holds', ({ backTo, holds }) => {
    const history = new RecordHistory('adipose', 1).push(10).push(14, { phone: '2025550188' });
    const { state } = history.push(25, { phone: '2025550177' }).setBack(15, 40).setBack(backTo, 50).fold();
    expect(state.held['phone.primary']!.value).toBe(holds);
  });

  it.each<{ what: string; tell: (history: RecordHistory) => RecordHistory; holds: string | undefined }>([
    { what: 'a delete', tell: (history) => history.delete(12), holds: undefined },
    { what: 'a patch', tell: (history) => history.patch(12, { phone: '2025550177' }), holds: '+12025550177' },
  ])('set back to after $what, it holds what that left', ({ tell, holds }) => {
    const history = tell(new RecordHistory('adipose', 1).push(10)).push(20, { phone: '2025550188' });
    const { state } = history.setBack(15, 40).fold();
    expect(state.held['phone.primary']?.value).toBe(holds);
    expect(state).toMatchObject({ headVersion: 12 });
  });

  it('its last known version is what it told last, though the hub thought that it went back less far', () => {
    const history = setBack();
    history.push(50, { phone: '2025550166' });
    history.entries.at(-1)!.version = 9;
    expect(history.fold().state).toMatchObject({ headVersion: 9, wholeVersion: 9 });
  });

  it('an offer tells nothing of what it held, though the hub’s clock was behind that of the row', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' });
    history.offer(18, 'd1', { 'email.primary': 'new@example.com' }, byOther).setBack(19, 40);
    expect(history.fold().state.held['phone.primary']!.value).toBe('+12025550143');
  });
});

describe('deliveries after a restore (rules 7 and 9)', () => {
  it('a refusal after the restore parks the value, though the hub knew it held before', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' }).setBack(15, 40);
    history.offer(45, 'd1', { 'phone.primary': '+12025550188' }, { recordId: 1, decisionId: null });
    const { state } = history.refusal(46, 'd1', { phone: 'not-now' }).fold();
    expect(state.parked['phone.primary']).toEqual({ sent: '{"phone":"2025550188"}', code: 'not-now' });
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
  });

  it('a refusal that came after the restore, of a delivery of before, restores nothing ahead of the lost days', () => {
    const history = new RecordHistory('adipose', 1).push(10);
    history.offer(18, 'd1', { 'email.primary': 'new@example.com' }, byOther).push(20, { phone: '2025550188' });
    const { state } = history.refusal(45, 'd1', { email: 'not-now' }).setBack(15, 40).fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
    expect(state.asserted['phone.primary']!.value).toBe('+12025550188');
  });

  it('a delivery that made the record anew replaces nothing of the lost days that the hub heard of later', () => {
    const history = new RecordHistory('adipose', 1).setBack(15, 40);
    history.offer(45, 'd1', { 'phone.primary': '+12025550177' }, byOther).push(20, { phone: '2025550188' });
    const { state } = history.receipt(50, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', superseded: null });
    expect(state.delivered['phone.primary']).toMatchObject({ value: '+12025550177' });
  });

  it('set back a second time, to an instant after the first restore, it holds what the first had left', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' });
    const { state } = history.setBack(15, 40).setBack(45, 50).fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550143');
    expect(state).toMatchObject({ headVersion: 10 });
  });
});

describe('copies and accepted requests (rules 11 and 17)', () => {
  const delivered = () =>
    new RecordHistory('adipose', 1).push(10).offer(15, 'd1', { 'phone.primary': '+12025550177' }, byOther);

  it('an acknowledged delivery leaves a copy, with its supplier and the time of the receipt', () => {
    const { state } = delivered().receipt(20, 'd1', { phone: '2025550177' }).fold();
    expect(state.delivered['phone.primary']).toMatchObject({ at: 20 * 60_000, supplier: byOther });
    const byEcho = delivered().push(22, { phone: '2025550177' }).fold();
    expect(byEcho.state.delivered['phone.primary']).toMatchObject({ at: 22 * 60_000, value: '+12025550177' });
  });

  it('the copy ends with the system’s own edit', () => {
    const { state } = delivered().receipt(20, 'd1', { phone: '2025550177' }).push(30, { phone: '2025550166' }).fold();
    expect(state.delivered['phone.primary']).toBeUndefined();
  });

  it('a delivery that found its value in place leaves none', () => {
    const same = new RecordHistory('adipose', 1)
      .push(10)
      .offer(15, 'd1', { 'phone.primary': '+12025550143' }, byOther)
      .receipt(20, 'd1', { email: 'other@example.com' });
    expect(same.fold().state.delivered).toEqual({});
    expect(same.fold().state.asserted['phone.primary']!.superseded).toBeNull();
  });

  it('the receipt of an accepted change request counts as the owner’s own assertion', () => {
    const history = new RecordHistory('adipose', 1).push(10);
    history.offer(15, 'd1', { 'phone.primary': '+12025550177' }, { recordId: 2, decisionId: 9 });
    const offer = history.entries.at(-1)!;
    if (offer.kind === 'offer') offer.carried['phone.primary']!.request = 9;
    const { state } = history.receipt(20, 'd1', { phone: '2025550177' }).fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550177', at: 20 * 60_000, request: 9 });
    expect(state.delivered['phone.primary']).toBeUndefined();
  });
});

describe('its own word brought back (rules 7 and 10)', () => {
  it('a delivery that brings a record’s own value back supersedes nothing of it and leaves no copy', () => {
    const history = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550188' }).setBack(15, 40);
    history.offer(45, 'd1', { 'phone.primary': '+12025550188' }, { recordId: 1, decisionId: null });
    history.push(50, { phone: '2025550143' });
    history.entries.at(-1)!.version = 11;
    history.receipt(60, 'd1', { phone: '2025550188' });
    history.entries.at(-1)!.version = 12;
    const { state } = history.fold();
    expect(state.held['phone.primary']!.value).toBe('+12025550188');
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', superseded: null });
    expect(state.delivered).toEqual({});
  });
});
