import type { RefreshItem, RefreshRun } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { Database } from '../src/platform/transaction.ts';
import { ViewsStore } from '../src/stages/views/views.store.ts';
import { anArmedSystem, nameOf, pushPerson, runOf, startRun, type ArmedSystem } from './armed-system.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';

const soon = { timeout: 5_000 };

describe('while a plan is being made', () => {
  let hub: ListeningHub;
  let shop: string;
  let targets: ArmedSystem[] = [];
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    shop = await hub.aSystem('shop');
    targets = await Promise.all(['one', 'two'].map((code) => anArmedSystem(hub, code)));
    for (const code of ['one', 'two']) await hub.asAdmin('PUT', `/api/v1/systems/${code}/lane`, { lane: 'off' });
    for (const id of ['A', 'B', 'C']) await pushPerson(hub, 'shop', shop, id);
  });
  afterAll(async () => {
    for (const { target } of targets) await target.close();
    await hub?.close();
  });
  let letAllGo = () => undefined as void;
  afterEach(() => {
    letAllGo();
    vi.restoreAllMocks();
  });

  const sql = <Row>(text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query<Row>(text));
  const golden = async () => (await sql<{ n: number }>('select count(*) as n from golden'))[0]!.n;
  const idOf = async (key: string) =>
    (
      await sql<{ id: string }>(
        `select public_id as id from customer join source_record using (customer_id) where source_key = '${key}'`,
      )
    )[0]!.id;

  /** Plans stand still after their first page until they are let go. */
  const held = () => {
    const views = hub.hub.app.get(ViewsStore);
    const page = views.page.bind(views);
    const gate = Promise.withResolvers<void>();
    letAllGo = gate.resolve;
    const pages = vi.spyOn(views, 'page').mockImplementation(async (...asked) => {
      const read = await page(...asked);
      await gate.promise;
      return read;
    });
    return { pages, letGo: () => gate.resolve() };
  };
  const planned = async (runId: number): Promise<RefreshRun> => {
    await hub.hub.app.get(Refresh).finished(runId);
    return runOf(hub, runId);
  };
  const itemsOf = async (runId: number) =>
    (await hub.asAdmin('GET', `/api/v1/refreshes/${runId}/items`)).json<{ items: RefreshItem[] }>().items;
  const apply = (runId: number, planHash: string | null) =>
    hub.asAdmin('POST', `/api/v1/refreshes/${runId}/apply`, { planHash });
  const cancel = (runId: number) => hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);

  it('a push becomes golden, and what it changed is in the plan', async () => {
    await expect.poll(golden, soon).toBe(3);
    const { pages, letGo } = held();
    const runId = await startRun(hub, 'one', 'plan');
    await expect.poll(() => pages.mock.calls.length, soon).toBe(1);
    await pushPerson(hub, 'shop', shop, 'D');
    await expect.poll(golden, soon).toBe(4);
    expect((await runOf(hub, runId)).phase).toBe('plan');
    letGo();
    const run = await planned(runId);
    expect(run).toMatchObject({ phase: 'planned', counts: { create: 4, change: 0, same: 0 } });
    expect((await itemsOf(runId)).map((item) => item.customer).toSorted()).toEqual(
      ['A', 'B', 'C', 'D'].map((id) => Object.values(nameOf(id)).join(' ')).toSorted(),
    );
    await cancel(runId);
    expect((await itemsOf(runId)).map((item) => item.outcome)).toEqual(Array(4).fill('failed'));
  });

  it('a steward decides, and the plan has what was decided', async () => {
    const { pages, letGo } = held();
    const runId = await startRun(hub, 'one', 'plan');
    await expect.poll(() => pages.mock.calls.length, soon).toBe(1);
    const pin = { attribute: 'name', value: { given: 'Pinned', family: 'Name' }, reason: 'told so' };
    const decided = await hub.asAdmin('POST', `/api/v1/customers/${await idOf('A')}/pins`, pin);
    expect(decided.status).toBe(201);
    letGo();
    await planned(runId);
    expect((await itemsOf(runId)).map((item) => item.customer)).toContain('Pinned Name');
    await cancel(runId);
  });

  it('another system is planned as well', async () => {
    const { pages, letGo } = held();
    const runIds = await Promise.all(['one', 'two'].map((code) => startRun(hub, code, 'plan')));
    await expect.poll(() => pages.mock.calls.length, soon).toBe(2);
    letGo();
    for (const runId of runIds) {
      expect((await planned(runId)).counts.create).toBe(4);
      await cancel(runId);
    }
  });

  it('a plan that nothing has changed is applied as it was looked at, and not made again', async () => {
    const runId = await startRun(hub, 'one', 'plan');
    const { planHash } = await planned(runId);
    const pages = vi.spyOn(hub.hub.app.get(ViewsStore), 'page');
    expect((await apply(runId, planHash)).status).toBe(200);
    expect(pages).not.toHaveBeenCalled();
    expect(await planned(runId)).toMatchObject({
      closing: expect.stringMatching(/^equal as of/),
      counts: { create: 4, applied: 4 },
    });
  });

  it('a push that changes what a waiting plan sends makes it stale; one that does not lets it go on', async () => {
    const runId = await startRun(hub, 'two', 'plan');
    const { planHash } = await planned(runId);
    const change = { id: 'B', version: 2, data: { id: 'B', given: 'Jo', family: 'Doe-Roe' } };
    await hub.call('POST', '/api/v1/systems/shop/records', { token: shop, body: [change] });
    const changed = () => sql<{ n: number }>('select count(*) as n from refresh_changed');
    await expect.poll(async () => (await changed())[0]!.n, soon).toBe(1);
    const refused = await apply(runId, planHash);
    expect([refused.status, refused.problem().code]).toEqual([409, 'stale-plan']);
    const anew = await runOf(hub, runId);
    expect(anew.phase).toBe('planned');
    expect(anew.planHash).not.toBe(planHash);
    expect((await itemsOf(runId)).map((item) => item.customer)).toContain('Jo Doe-Roe');
    // The same again says nothing new.
    const touched = { ...change, version: 3 };
    await hub.call('POST', '/api/v1/systems/shop/records', { token: shop, body: [touched] });
    await expect.poll(async () => (await changed())[0]!.n, soon).toBe(1);
    expect((await apply(runId, anew.planHash)).status).toBe(200);
    expect(await planned(runId)).toMatchObject({
      closing: expect.stringMatching(/^equal as of/),
      counts: { create: 4, applied: 4 },
    });
    expect(targets[1]!.target.shown()).toHaveLength(4);
  });

  it('a plan that was made by another mapping is made anew before it is applied', async () => {
    const change = { id: 'C', version: 2, data: { id: 'C', given: 'Jo', family: 'Sea' } };
    await hub.call('POST', '/api/v1/systems/shop/records', { token: shop, body: [change] });
    await expect
      .poll(
        async () => (await sql<{ n: number }>(`select count(*) as n from golden where display = 'Jo Sea'`))[0]!.n,
        soon,
      )
      .toBe(1);
    const runId = await startRun(hub, 'one', 'plan');
    const { planHash } = await planned(runId);
    const document = {
      ...aMapping('one'),
      attributes: [{ attribute: 'name', members: { family: { path: 'family' } } }],
    };
    await hub.asAdmin('PUT', '/api/v1/systems/one/mapping', { document });
    const refused = await apply(runId, planHash);
    expect([refused.status, refused.problem().detail]).toEqual([409, expect.stringContaining('is being made anew')]);
    await expect.poll(async () => (await runOf(hub, runId)).phase, soon).toBe('planned');
    await cancel(runId);
  });
});
