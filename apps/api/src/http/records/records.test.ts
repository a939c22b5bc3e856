import { customer, decisionList, errorEntryPage, ownRecord, recordTimelinePage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('where is my record', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const asked = (id: string) => desk.asSystem('GET', 'adipose', `records/${id}`);
  const told = async (id: string) => ownRecord.parse((await asked(id)).json());

  it('tells a system which customer its record is of, what the hub believes it holds, and what it said', async () => {
    const row = { given: 'Pat', family: 'Quay', email: 'pat@example.com' };
    await desk.push('adipose', 'A-1', { ...row, phone: '+12025550160' });
    await desk.push('bellyfat', 'b_1', { ...row, phone: '+12025550161' });
    const record = await told('A-1');
    expect(record).toMatchObject({ state: 'live', version: 1, customerId: await desk.customerOf('b_1'), errors: [] });
    expect(record.holds).toMatchObject({ given: 'Pat', family: 'Quay', phone: '+12025550160' });
    expect(record.asserts.find((one) => one.attribute === 'phone.primary')).toMatchObject({
      fields: { phone: '+12025550160' },
      display: '+1 202-555-0160',
      superseded: false,
    });
    expect(record.lastOffer).toBeNull();
  });

  it('shows the last offer once the system has been served its view', async () => {
    await desk.asSystem('GET', 'adipose', 'customers/A-1');
    expect((await told('A-1')).lastOffer).toMatchObject({ fields: { phone: '+12025550161' }, deliveryId: null });
  });

  it('calls what the record said superseded once it holds what it was served, until an admin reconsiders that', async () => {
    const row = { given: 'Pat', family: 'Quay', email: 'pat@example.com' };
    await desk.push('adipose', 'A-1', { ...row, phone: '+12025550161' });
    const phoneOf = async () => (await told('A-1')).asserts.find((one) => one.attribute === 'phone.primary');
    expect(await phoneOf()).toMatchObject({ display: '+1 202-555-0160', superseded: true });
    expect((await told('A-1')).holds['phone']).toBe('+12025550161');

    const id = await desk.customerOf('A-1');
    await desk.decide(`/customers/${id}/reconsider`, { attribute: 'phone.primary' });
    const { values } = await desk.get(`/customers/${id}`, customer);
    const phone = values.find((value) => value.attribute === 'phone.primary')!;
    expect(phone.losers.map((loser) => [loser.sourceId, loser.why])).toEqual([['A-1', 'older']]);
    const { decisions } = await desk.get(`/customers/${id}/decisions`, decisionList);
    expect(decisions.map((one) => one.words)).toEqual(['Let replaced values of Phone count again.']);
  });

  it('tells the whole life of a record, to stewards as well, page by page with what came last first', async () => {
    const timeline = (path = '') => desk.get(`/systems/adipose/records/A-1/timeline${path}`, recordTimelinePage);
    const { entries } = await timeline();
    expect(entries.map(({ kind, version, batchId }) => [kind, version, batchId !== null])).toEqual([
      ['push', 3, true],
      ['offer', null, false],
      ['push', 1, true],
    ]);
    expect(entries[1]!.native).toEqual({ phone: '+12025550161' });
    expect(entries[2]!.native).toMatchObject({ id: 'A-1', phone: '+12025550160' });
    const first = await timeline('?limit=2');
    const second = await timeline(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.entries, ...second.entries]).toEqual(entries);
    const oldest = await timeline('?sort=filed&limit=1');
    const further = await timeline(`?sort=filed&cursor=${oldest.nextCursor}`);
    expect([...oldest.entries, ...further.entries]).toEqual(entries.toReversed());
    expect(await desk.get('/systems/adipose/records/A-1', ownRecord)).toMatchObject({ mappingVersion: 2 });
    expect((await desk.asSystem('GET', 'adipose', 'records/A-1/timeline')).status).toBe(200);
    expect((await timeline('?cursor=1')).entries).toEqual([]);
  });

  it('tells a deleted record from one that a steward confirmed as gone', async () => {
    await desk.push('adipose', 'A-2', { given: 'Ray', family: 'Sol' });
    await desk.push('adipose', 'A-3', { given: 'Sue', family: 'Tan' });
    await desk.delete('adipose', 'A-2');
    const { members } = (await desk.hub.asAdmin('GET', `/api/v1/customers/${await desk.customerOf('A-3')}`)).json<{
      members: { recordId: number }[];
    }>();
    await desk.decide(`/records/${members[0]!.recordId}/confirm-deleted`, {});
    expect([(await told('A-2')).state, (await told('A-3')).state]).toEqual(['deleted', 'confirmed-deleted']);
  });

  it('shows what waits for its base, until that comes, and knows nothing of other records', async () => {
    const patch = { specversion: '1.0', id: 'p', source: '/adipose', subject: 'A-4', rowversion: 9_000 };
    const data = { family: 'Vale' };
    await desk.asSystem('POST', 'adipose', 'events', { ...patch, type: 'customer.patched', data });
    await desk.push('adipose', 'A-5', { given: 'Tom', family: 'Unger' });
    const errorsOf = async () => (await desk.get('/systems/adipose/records/A-4/errors', errorEntryPage)).entries;
    expect(await errorsOf()).toMatchObject([{ code: 'no-base', sourceId: 'A-4', state: 'open' }]);
    expect(await told('A-4')).toMatchObject({ state: 'not-taken', customerId: null, errors: [{ code: 'no-base' }] });
    await desk.push('adipose', 'A-4', { given: 'Una', family: 'Voss' });
    const after = await told('A-4');
    expect([after.state, after.errors, after.holds['family']]).toEqual(['live', [], 'Vale']);
    expect(await errorsOf()).toMatchObject([{ code: 'no-base', state: 'resolved' }]);
    expect((await asked('b_1')).problem().code).toBe('not-found');
  });
});
