import type { RefreshItem, RefreshRun } from '@cinch/api-contract';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { SentHub } from './sent-hub.ts';

interface RulesDocument {
  attributes: Record<string, object>;
}

/** The closing word is built from the comparison: what was not compared, or is meant to differ, is named with its rows. */
describe('no run closes equal', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    for (const id of ['N-1', 'N-2', 'N-3']) await hub.tell('north', id);
    await hub.refresh();
    await hub.setLane('off');
  });
  afterAll(() => hub?.close());

  const row = (at: number): AdapterRow => hub.target.shown()[at]!;

  async function itemsOf({ runId }: RefreshRun, filter: Record<string, string>): Promise<RefreshItem[]> {
    const query = new URLSearchParams({ ...filter, limit: '100' });
    const page = await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}/items?${query}`);
    return page.json<{ items: RefreshItem[] }>().items;
  }

  /** The exceptions of a run by kind and code, each with as many items as it counts. */
  async function exceptionsOf(run: RefreshRun): Promise<Record<string, number>> {
    const { exceptions, rows, fields } = run.proof!;
    expect({ rows, fields }).toEqual({ rows: run.counts.compared, fields: 4 });
    for (const { kind, code, count } of exceptions)
      expect(await itemsOf(run, { kind, ...(code !== null && { code }) })).toHaveLength(count);
    return Object.fromEntries(exceptions.map(({ kind, code, count }) => [`${kind} ${code}`, count]));
  }

  it('over an open conflict', async () => {
    await hub.tellOf(hub.target.edit(row(0).key, { phone: '+12025550111' }));
    await hub.tell('north', 'N-1', '+12025550122');
    const run = await hub.refresh();
    expect(run.closing).toMatch(
      /^equal but for 1 that waits for a person \(1 conflict\); as of .* UTC, 4 fields of 3 rows$/,
    );
    expect(await exceptionsOf(run)).toEqual({ 'waiting conflict': 1 });
    const [item] = await itemsOf(run, { kind: 'waiting' });
    expect(item).toMatchObject({ sourceId: row(0).key, fields: [{ path: 'phone.primary', from: '+12025550111' }] });
  });

  it('over drift beneath that conflict: the row goes back to what it said, and the conflict is named', async () => {
    hub.target.rewrite(row(0).key, { phone: '+12025550133' });
    const run = await hub.refresh();
    expect(run.counts).toMatchObject({ drifted: 1, change: 1, applied: 1, waiting: 1 });
    expect(row(0).data['phone']).toBe('+12025550111');
    expect(await exceptionsOf(run)).toEqual({ 'waiting conflict': 1 });
  });

  it('over an open change request', async () => {
    const rules = (await hub.hub.asAdmin('GET', '/api/v1/rules/survivorship')).json<{ document: RulesDocument }>();
    const attributes = { ...rules.document.attributes, 'email.primary': { strategy: 'owner', system: 'north' } };
    const document = { ...rules.document, attributes };
    const published = await hub.hub.asAdmin('PUT', '/api/v1/rules/survivorship', { document, reason: 'north knows' });
    expect(published.text).toContain('north knows');
    while (await hub.get(Rederive).next());
    await hub.tellOf(hub.target.edit(row(1).key, { email: 'other@example.com' }));
    const run = await hub.refresh();
    expect(run.closing).toMatch(/^equal but for 2 that wait for a person \(1 conflict, 1 request\); /);
    expect(await exceptionsOf(run)).toEqual({ 'waiting conflict': 1, 'waiting request': 1 });
  });

  it('over rows that it cannot read, whether it knows them or not', async () => {
    hub.target.plant({ ...row(0), key: 'S-9', version: 1, delivery: null, data: { id: null } });
    hub.target.rewrite(row(2).key, { id: null });
    const run = await hub.refresh();
    expect(run.closing).toContain(', 2 fields not compared; ');
    expect(await exceptionsOf(run)).toMatchObject({ 'not-compared row-unreadable': 2 });
    const unread = (await itemsOf(run, { kind: 'not-compared' })).map(({ sourceId, fields }) => [sourceId, fields]);
    expect(unread).toEqual([
      [null, [{ path: 'key', attribute: null, from: 'S-9', to: null }]],
      [row(2).key, []],
    ]);
  });
});

describe('the figures of a run', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.tell('north', 'N-1');
    await hub.refresh();
    await hub.setLane('off');
  });
  afterAll(() => hub?.close());

  const addUp = ({ counts }: Pick<RefreshRun, 'counts'>) => {
    const { create, change, applied, parked, failed, overtaken, withdrawn } = counts;
    expect(create + change).toBe(applied + parked + failed + overtaken + withdrawn);
  };
  const told = async (runId: number) => (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();

  it('tell of all its plans: what came up while it ran is counted among what it set out to write', async () => {
    for (const id of ['N-2', 'N-3']) await hub.tell('north', id);
    const runId = await hub.start();
    await hub.steps(2);
    await hub.tell('north', 'N-1', '+12025550177');
    await hub.tell('north', 'N-4');
    await hub.steps();
    await hub.applyPlanned();
    await hub.steps();
    const run = await told(runId);
    expect(run.counts).toMatchObject({ create: 3, change: 1, applied: 4 });
    addUp(run);
    expect(await hub.faults()).toEqual({});
  });

  it('of one that was cancelled count what was not sent as failed', async () => {
    hub.target.rewrite('S-0001', { phone: '+12025550144' });
    const runId = await hub.start('plan');
    await hub.steps();
    await hub.hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);
    const run = await told(runId);
    expect(run.counts).toMatchObject({ drifted: 1, change: 1, failed: 1, applied: 0 });
    addUp(run);
    expect(await hub.faults()).toEqual({});
  });

  it('of the standing run add up where a refresh takes over what the lane had planned', async () => {
    await hub.setLane('on');
    hub.target.weather = 'away';
    for (const id of ['N-5', 'N-6']) {
      await hub.tell('north', id);
      await hub.lane();
    }
    hub.target.weather = 'fair';
    addUp(await hub.refresh());
    const [standing] = await hub.query<{ counts: string }>(`select counts from refresh_run where mode = 'events'`);
    addUp({ counts: JSON.parse(standing!.counts) as RefreshRun['counts'] });
    expect(await hub.faults()).toEqual({});
  });
});
