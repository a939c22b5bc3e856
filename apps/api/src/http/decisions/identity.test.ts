import { customer, customerHistory, decisionList, matchPair, matchReviewPage, splitPreview } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('what stewards decide about who is who', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const shown = (id: string) => desk.get(`/customers/${id}`, customer);
  const valueOf = async (id: string, attribute: string) =>
    (await shown(id)).values.find((value) => value.attribute === attribute);
  const recordOf = async (id: string, sourceId: string) =>
    (await shown(id)).members.find((member) => member.sourceId === sourceId)!.recordId;
  const decisionsOf = async (id: string) => (await desk.get(`/customers/${id}/decisions`, decisionList)).decisions;
  const undo = (decisionId: number) => desk.post(`/decisions/${decisionId}/undo`, {});

  it('merges two customers, whose ids both lead to the one, and gives both back when it is undone', async () => {
    await desk.push('adipose', 'M-1', { given: 'Ann', family: 'Lee', phone: '+12025550101' });
    await desk.push('bellyfat', 'm_1', { given: 'Anneliese', family: 'Leeward', phone: '+12025550102' });
    const [one, other] = [await desk.customerOf('M-1'), await desk.customerOf('m_1')];
    expect(one).not.toBe(other);

    const decisionId = await desk.decide(`/customers/${one}/merge`, { with: other });
    const merged = await shown(other);
    expect(merged).toMatchObject({ customerId: (await shown(one)).customerId, state: 'live' });
    expect(merged.members.map((member) => member.sourceId)).toEqual(['M-1', 'm_1']);
    expect((await desk.post(`/customers/${one}/merge`, { with: other })).problem().code).toBe('not-possible');

    expect((await undo(decisionId)).status).toBe(204);
    expect((await shown(one)).members).toHaveLength(1);
    expect((await shown(other)).members).toHaveLength(1);
    const [told] = await decisionsOf(other);
    expect(told).toMatchObject({ kind: 'link', undoneBy: 'admin token', reason: 'asked on the phone' });
    expect(told!.words).toBe('Said that adipose M-1 and bellyfat m_1 are the same customer.');
  });

  it('who undoes a decision may say why, and the history keeps it', async () => {
    await desk.push('adipose', 'U-1', { given: 'Ida', family: 'Marsh', phone: '+12025550181' });
    await desk.push('bellyfat', 'u_1', { given: 'Ruth', family: 'Ostrand', phone: '+12025550182' });
    const [one, other] = [await desk.customerOf('U-1'), await desk.customerOf('u_1')];
    const decisionId = await desk.decide(`/customers/${one}/merge`, { with: other });
    expect((await desk.post(`/decisions/${decisionId}/undo`, { why: 'mistake' })).problem().code).toBe(
      'invalid-request',
    );
    expect((await desk.post(`/decisions/${decisionId}/undo`, { reason: ' a mistake ' })).status).toBe(204);
    expect((await decisionsOf(other))[0]).toMatchObject({ decisionId, undoneReason: 'a mistake' });
    const { entries } = await desk.get(`/customers/${other}/history`, customerHistory);
    expect(entries).toContainEqual(
      expect.objectContaining({ what: 'decision', by: 'admin token', reason: 'a mistake' }),
    );
  });

  it('tells what a split would lose, splits, and refuses to merge again until the not-same gives way', async () => {
    await desk.push('adipose', 'S-1', { given: 'Bo', family: 'Ray', email: 'bo@example.com' });
    await desk.push('bellyfat', 's_1', { given: 'Bo', family: 'Ray', email: 'bo@example.com' });
    const id = await desk.customerOf('S-1');
    expect(await desk.customerOf('s_1')).toBe(id);
    const pin = { attribute: 'phone.primary', value: '+12025550110' };
    const pinId = await desk.decide(`/customers/${id}/pins`, pin);
    const leaving = await recordOf(id, 's_1');

    const dry = await desk.post(`/customers/${id}/split`, { records: [leaving], dryRun: true });
    expect(dry.status).toBe(200);
    const preview = splitPreview.parse(dry.json());
    expect([preview.stay.loses, preview.leave.loses.map((lost) => lost.decisionId)]).toEqual([[], [pinId]]);
    expect(preview.leave.records).toMatchObject([{ system: 'bellyfat', sourceId: 's_1' }]);
    expect((await shown(id)).members).toHaveLength(2);

    const splitId = await desk.decide(`/customers/${id}/split`, { records: [leaving] });
    const other = await desk.customerOf('s_1');
    expect(other).not.toBe(id);
    expect(await valueOf(other, 'phone.primary')).toBeUndefined();
    expect(await valueOf(id, 'phone.primary')).toMatchObject({ rule: 'pin', from: { system: 'steward' } });

    const refused = await desk.post(`/customers/${id}/merge`, { with: other });
    expect(refused.problem()).toMatchObject({
      status: 409,
      code: 'contradicts',
      errors: [{ path: String(splitId), code: 'not-same' }],
    });
    await desk.decide(`/customers/${id}/merge`, { with: other, replaces: [splitId] });
    expect((await shown(other)).customerId).toBe(id);
    expect((await decisionsOf(id)).find((one) => one.decisionId === splitId)).toMatchObject({ kind: 'not-same' });
    expect((await decisionsOf(id)).find((one) => one.decisionId === splitId)!.undoneBy).toBe('admin token');
  });

  it('lists customers that may be one, until a person has said whether they are', async () => {
    // A name alone is a question: namesakes are not rare.
    for (const key of ['V-1', 'V-2', 'V-3']) await desk.push('adipose', key, { given: 'Gus', family: 'Ives' });
    const keys = ['V-1', 'V-2', 'V-3'];
    const reviews = async (limit = 50) => {
      const found = [];
      for (let path: string | null = `/match-reviews?limit=${limit}`; path !== null;) {
        const page: { reviews: unknown[]; nextCursor: string | null } = await desk.get(path, matchReviewPage);
        found.push(...matchReviewPage.shape.reviews.parse(page.reviews));
        path = page.nextCursor === null ? null : `/match-reviews?limit=${limit}&cursor=${page.nextCursor}`;
      }
      return found
        .map(({ customers }) => customers.flatMap((one) => one.records.map((record) => record.sourceId!)))
        .filter((pair) => pair.some((key) => keys.includes(key)));
    };
    const all = [
      ['V-1', 'V-2'],
      ['V-1', 'V-3'],
      ['V-2', 'V-3'],
    ];
    expect(await reviews()).toEqual(all);
    expect(await reviews(1)).toEqual(all);

    const customers = await desk.customersOf(keys);
    const records = await Promise.all(keys.map((key, place) => recordOf(customers[place]!, key)));
    const [one, another, third] = records as [number, number, number];
    await desk.decide('/match-reviews/decision', { records: [one, another], same: false });
    expect(await reviews()).toEqual(all.slice(1));
    await desk.decide('/match-reviews/decision', { records: [another, third], same: true });
    // Who is not the second is not the third either, now that these two are one.
    expect(await reviews()).toEqual([]);
  });

  it('shows of two customers the records that contradict each other, though others of them go together well', async () => {
    const ann = { given: 'Ann', family: 'Lindqvist', email: 'ann.lindqvist@example.com', phone: '+12025550177' };
    await desk.push('adipose', 'C-1', { ...ann, birth: '1980-03-04' });
    await desk.push('bellyfat', 'c_1', ann);
    await desk.push('adipose', 'C-2', { ...ann, birth: '1951-11-12' });
    const member = async (id: string) => recordOf(await desk.customerOf(id), id);
    const records = [await member('C-1'), await member('C-2')];
    await desk.decide('/match-reviews/decision', { records: [records[0], await member('c_1')], same: true });
    const other = await desk.customerOf('C-2');
    expect(await desk.customerOf('c_1')).toBe(await desk.customerOf('C-1'));
    expect(await desk.customerOf('c_1')).not.toBe(other);
    const { reviews } = await desk.get('/match-reviews?limit=100', matchReviewPage);
    const review = reviews.find(({ customers }) => customers.some(({ customerId }) => customerId === other))!;
    expect(review.evidence.records.toSorted()).toEqual(records.toSorted());
    expect(review.evidence.veto).not.toBeNull();
  });

  it('shows any two records beside each other, with evidence that adds up and what people said of them', async () => {
    for (const key of ['W-1', 'W-2']) await desk.push('adipose', key, { given: 'Ola', family: 'Pym' });
    const keys = ['W-1', 'W-2'];
    const customers = await desk.customersOf(keys);
    const [one, other] = await Promise.all(keys.map((key, place) => recordOf(customers[place]!, key)));
    const pair = (a = one, b = other) => desk.get(`/match-reviews/${a}/${b}`, matchPair);
    const open = await pair();
    expect(open).toMatchObject({ state: 'open', decisions: [] });
    expect(open.records.map(({ sourceId, values }) => [sourceId, values[0]?.display])).toEqual([
      ['W-1', 'Ola Pym'],
      ['W-2', 'Ola Pym'],
    ]);
    const { weight, bars } = open.evidence!;
    expect(bars.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(weight, 4);
    expect((await pair(other, one)).records.map(({ sourceId }) => sourceId)).toEqual(['W-2', 'W-1']);

    const apart = await desk.decide('/match-reviews/decision', { records: [one, other], same: false });
    expect(await pair()).toMatchObject({ state: 'apart', decisions: [{ decisionId: apart, kind: 'not-same' }] });
    await undo(apart);
    expect(await pair()).toMatchObject({ state: 'open' });
    const link = await desk.decide('/match-reviews/decision', { records: [one, other], same: true });
    const together = await pair();
    expect(together.state).toBe('together');
    expect(together.decisions.map(({ decisionId, undoneAt }) => [decisionId, undoneAt === null])).toEqual([
      [link, true],
      [apart, false],
    ]);
    expect((await desk.hub.asAdmin('GET', `/api/v1/match-reviews/${one}/999999`)).problem().code).toBe('not-found');
  });

  it('takes a record out of mastering and back in, and shows it as what it is meanwhile', async () => {
    const row = { given: 'Ida', family: 'Kay', email: 'ida@example.com' };
    await desk.push('adipose', 'X-1', row);
    await desk.push('bellyfat', 'x_1', row);
    const id = await desk.customerOf('X-1');
    const recordId = await recordOf(id, 'x_1');
    const decisionId = await desk.decide(`/records/${recordId}/exclude`, {});
    expect((await shown(id)).members).toHaveLength(1);
    const apart = await shown(await desk.customerOf('x_1'));
    expect(apart).toMatchObject({ state: 'retired', members: [{ sourceId: 'x_1', state: 'excluded' }] });
    expect((await desk.post(`/records/${recordId}/exclude`, {})).problem().code).toBe('not-possible');
    await undo(decisionId);
    expect((await shown(id)).members).toHaveLength(2);
  });

  it('lets a customer whose record was deleted have one in that system again only when a steward says so', async () => {
    const row = { given: 'Jay', family: 'Lund', email: 'jay@example.com' };
    await desk.push('adipose', 'D-1', row);
    await desk.push('bellyfat', 'd_1', row);
    const id = await desk.customerOf('D-1');
    const reopen = () => desk.post(`/customers/${id}/reopen`, { system: 'bellyfat' });
    expect((await reopen()).problem().code).toBe('not-possible');
    await desk.delete('bellyfat', 'd_1');
    expect((await shown(id)).members.map((member) => member.state)).toEqual(['live', 'deleted']);
    expect((await reopen()).status).toBe(201);

    const confirmed = await recordOf(id, 'D-1');
    await desk.decide(`/records/${confirmed}/confirm-deleted`, {});
    const gone = await shown(id);
    expect([gone.state, gone.members.map((member) => member.state)]).toEqual([
      'retired',
      ['confirmed-deleted', 'deleted'],
    ]);
    expect((await decisionsOf(id)).map((one) => one.words)).toEqual([
      'Confirmed that adipose D-1 is gone.',
      'Let the customer have a record in bellyfat again.',
    ]);
    const { entries } = await desk.get(`/customers/${id}/history`, customerHistory);
    expect(entries.map((entry) => entry.text)).toContain('bellyfat deleted d_1.');
  });
});
