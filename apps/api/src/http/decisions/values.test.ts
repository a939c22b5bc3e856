import { changeRequestPage, conflictPage, customer, customerHistory, decisionList, pinPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('what stewards decide about values', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const shown = (id: string) => desk.get(`/customers/${id}`, customer);
  const valueOf = async (id: string, attribute: string) =>
    (await shown(id)).values.find((value) => value.attribute === attribute);
  const decisionsOf = async (id: string) => (await desk.get(`/customers/${id}/decisions`, decisionList)).decisions;
  const undo = (decisionId: number) => desk.post(`/decisions/${decisionId}/undo`, {});

  it('refuses a pin against a choice, lists the choice, and puts the pin in its place when told to', async () => {
    const row = { given: 'Cy', family: 'Dee', email: 'cy@example.com' };
    await desk.push('adipose', 'P-1', { ...row, phone: '+12025550120' });
    await desk.push('bellyfat', 'p_1', { ...row, phone: '+12025550120' });
    await desk.push('adipose', 'P-1', { ...row, phone: '+12025550121' });
    await desk.push('bellyfat', 'p_1', { ...row, phone: '+12025550122' });
    const id = await desk.customerOf('P-1');
    const { conflicts } = await desk.get('/conflicts', conflictPage);
    const [conflict] = conflicts.filter((one) => one.customerId === id);
    const basis = conflict!.candidates.map((candidate) => candidate.assertionId);
    const chosen = conflict!.candidates.find((candidate) => candidate.system === 'adipose')!.assertionId;
    const choiceId = await desk.decide(`/conflicts/${conflict!.conflictId}/resolution`, { chosen, basis });
    expect(await valueOf(id, 'phone.primary')).toMatchObject({ value: '+12025550121', rule: 'choice' });

    const pin = { attribute: 'phone.primary', value: '+12025550129' };
    const refused = await desk.post(`/customers/${id}/pins`, pin);
    expect([refused.status, refused.problem().errors]).toMatchObject([
      409,
      [{ path: String(choiceId), code: 'choice' }],
    ]);
    const pinId = await desk.decide(`/customers/${id}/pins`, { ...pin, replaces: [choiceId] });
    const told = await decisionsOf(id);
    expect(told.map((one) => [one.decisionId, one.undoneBy])).toEqual([
      [pinId, null],
      [choiceId, 'admin token'],
    ]);
    expect(told.map((one) => one.words)).toEqual([
      'Pinned Phone to +1 202-555-0129.',
      'Chose +1 202-555-0121 for Phone.',
    ]);

    await desk.push('bellyfat', 'p_1', { ...row, phone: '+12025550123' });
    expect((await valueOf(id, 'phone.primary'))!.value).toBe('+12025550129');
    const { pins } = await desk.get('/pins?against=1', pinPage);
    const [against] = pins.filter((one) => one.decisionId === pinId);
    expect(against!.against.map((one) => [one.system, one.display])).toEqual([
      ['bellyfat', '+1 202-555-0123'],
      ['adipose', '+1 202-555-0121'],
    ]);
    const { entries } = await desk.get(`/customers/${id}/history`, customerHistory);
    const words = entries.map((entry) => entry.text);
    expect(words).toContain('Phone changed because admin token pinned it.');
    expect(words).toContain('admin token undid the choice for Phone.');
    expect(words).toContain('admin token pinned Phone to +1 202-555-0129.');
  });

  it('shows the different pins of merged customers as a conflict, which ends when one of them is undone', async () => {
    await desk.push('adipose', 'T-1', { given: 'Max', family: 'Ott' });
    await desk.push('bellyfat', 't_1', { given: 'Maxine', family: 'Otto' });
    const [one, other] = [await desk.customerOf('T-1'), await desk.customerOf('t_1')];
    const pin = (id: string, value: string) =>
      desk.decide(`/customers/${id}/pins`, { attribute: 'phone.primary', value });
    const wrong = await pin(one, '+12025550171');
    await pin(other, '+12025550172');
    await desk.decide(`/customers/${one}/merge`, { with: other });
    const conflictOf = async (state: string) =>
      (await desk.get(`/conflicts?state=${state}`, conflictPage)).conflicts.find((found) => found.cause === 'pins')!;
    const { conflictId, candidates } = await conflictOf('open');
    expect(candidates.map((candidate) => candidate.system)).toEqual(['steward', 'steward']);
    const basis = candidates.map((candidate) => candidate.assertionId);
    const resolution = await desk.post(`/conflicts/${conflictId}/resolution`, { chosen: basis[0], basis });
    expect(resolution.problem()).toMatchObject({ code: 'not-possible', detail: expect.stringContaining('undo') });
    await undo(wrong);
    expect(await conflictOf('closed')).toMatchObject({ conflictId, closedBy: 'withdrawn' });
    expect((await valueOf(one, 'phone.primary'))!.value).toBe('+12025550172');
  });

  it('lists only those pins as contradicted that a record differs from, and none that was undone', async () => {
    await desk.push('adipose', 'Q-1', { given: 'Di', family: 'Fox', phone: '+12025550130' });
    const id = await desk.customerOf('Q-1');
    const pin = { attribute: 'phone.primary', value: '+12025550130', until: '2999-12-31T00:00:00Z' };
    const ended = await desk.post(`/customers/${id}/pins`, { ...pin, until: '2026-01-01T00:00:00Z' });
    expect(ended.problem()).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('later end') });
    const decisionId = await desk.decide(`/customers/${id}/pins`, pin);
    expect((await decisionsOf(id))[0]!.words).toBe('Pinned Phone to +1 202-555-0130 until 2999-12-31.');
    const listed = async (query: string) =>
      (await desk.get(`/pins${query}`, pinPage)).pins.map((one) => one.decisionId).includes(decisionId);
    expect([await listed(''), await listed('?against=1')]).toEqual([true, false]);
    await undo(decisionId);
    expect(await listed('')).toBe(false);
  });

  it('pins an item by its key, and refuses one whose value is of another item', async () => {
    await desk.push('bellyfat', 'i_1', {
      given: 'Ed',
      family: 'Gil',
      products: [{ sku: 'KB-16', name: 'Kettlebell' }],
    });
    const id = await desk.customerOf('i_1');
    const item = 'products:["KB-16",null]';
    expect(await valueOf(id, item)).toMatchObject({ label: 'Products', owner: 'bellyfat' });
    const other = { attribute: item, value: { sku: 'KB-24' } };
    expect((await desk.post(`/customers/${id}/pins`, other)).problem().code).toBe('invalid-request');
    const unknown = await desk.post(`/customers/${id}/pins`, { attribute: 'shoeSize', value: '42' });
    expect(unknown.problem().detail).toContain('products:[sku, serial]');
    await desk.decide(`/customers/${id}/pins`, { attribute: item, value: null });
    expect(await valueOf(id, item)).toMatchObject({ value: null, display: '', rule: 'pin' });
  });

  it('accepts a change request for the record of the owner that is named, and refuses another', async () => {
    const row = { given: 'Fay', family: 'Hart', email: 'fay@example.com' };
    await desk.push('bellyfat', 'r_1', { ...row, birth: '1980-02-01' });
    await desk.push('adipose', 'R-1', { ...row, birth: '1980-02-01' });
    const id = await desk.customerOf('R-1');
    const ask = async (birth: string) => {
      await desk.push('adipose', 'R-1', { ...row, birth });
      const { requests } = await desk.get('/change-requests', changeRequestPage);
      return requests.find((one) => one.customerId === id)!;
    };
    const asked = await ask('1980-02-10');
    expect(asked).toMatchObject({ attribute: 'birthDate', system: 'adipose', owner: 'bellyfat', targets: ['r_1'] });
    expect(asked).toMatchObject({ display: '1980-02-10', baseDisplay: '1980-02-01', decision: null });
    const elsewhere = { accepted: true, target: 'r_9' };
    const refused = await desk.post(`/change-requests/${asked.requestId}/answer`, elsewhere);
    expect(refused.problem().detail).toContain('r_1');

    await desk.decide(`/change-requests/${asked.requestId}/answer`, { accepted: true });
    const { requests } = await desk.get('/change-requests?state=accepted', changeRequestPage);
    expect(requests.map((one) => [one.requestId, one.decision!.accepted])).toEqual([[asked.requestId, true]]);

    const again = await ask('1980-02-20');
    await desk.decide(`/change-requests/${again.requestId}/answer`, { accepted: false });
    const ended = await desk.get('/change-requests?state=refused', changeRequestPage);
    expect(ended.requests.map((one) => one.requestId)).toEqual([again.requestId]);
    expect((await decisionsOf(id))[0]!.words).toBe('Refused the request of adipose to make Birth date 1980-02-20.');
  });

  it('reconsiders only what a delivery has replaced, and wants a reason for whatever is decided', async () => {
    const id = await desk.customerOf('P-1');
    const none = await desk.post(`/customers/${id}/reconsider`, { attribute: 'email.primary' });
    expect(none.problem().code).toBe('not-possible');
    const silent = await desk.post(`/customers/${id}/reconsider`, { attribute: 'email.primary', reason: ' ' });
    expect(silent.problem()).toMatchObject({ code: 'invalid-request', errors: [{ path: 'reason' }] });
  });

  it.each([
    ['pins', '', 'made'],
    ['conflicts', 'state=closed', 'opened'],
    ['change-requests', 'state=refused', 'opened'],
  ])('lists %s from the first on too, page by page', async (path, filter, sort) => {
    const rowsOf = async (query: string) => {
      const answer = await desk.hub.asAdmin('GET', `/api/v1/${path}?${filter}&${query}`);
      const { nextCursor, ...lists } = answer.json<{ nextCursor: string | null }>();
      return { rows: Object.values<unknown>(lists).find(Array.isArray) as unknown[], nextCursor };
    };
    const { rows: latestFirst } = await rowsOf('limit=200');
    expect(latestFirst.length).toBeGreaterThan(0);
    const oldestFirst: unknown[] = [];
    for (let cursor = ''; ;) {
      const { rows, nextCursor } = await rowsOf(`sort=${sort}&limit=1${cursor}`);
      oldestFirst.push(...rows);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(oldestFirst).toEqual(latestFirst.toReversed());
  });
});
