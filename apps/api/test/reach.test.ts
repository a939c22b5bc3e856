import {
  configurationChanges,
  matchPreview,
  scopePreview,
  type Configuration,
  type RefreshRun,
} from '@cinch/api-contract';
import { shippedModel } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { unlikeName } from '../../../e2e/crash/unlike-name.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { mapping, SentHub } from './outbound/sent-hub.ts';

const ids = Array.from({ length: 8 }, (_, place) => `R-${place}`);

/** Eight customers of north, of whom south has a row each, and none of east. */
describe('before anything acts, its reach is shown', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.setLane('off');
    for (const id of ids) await hub.tell('north', id);
    await hub.refresh();
  });
  afterAll(() => hub?.close());

  const put = (path: string, body: object) => hub.hub.asAdmin('PUT', `/api/v1${path}`, body);
  const scopeOf = async () =>
    (await hub.query<{ scope: string }>(`select scope from system where code = 'south'`))[0]!.scope;
  const settled = async () => {
    while (await hub.get(Rederive).next());
  };
  const customers = async () => (await hub.query<{ n: number }>('select count(*)::int as n from golden'))[0]!.n;

  it('of a scope: whose row would no longer belong there, and who would get one; set with that number alone', async () => {
    const scope = { create: 'nobody', keep: 'nobody' };
    const before = await scopeOf();
    const preview = scopePreview.parse(
      (await hub.hub.asAdmin('POST', '/api/v1/systems/south/scope/preview', { scope })).json(),
    );
    expect(preview.reach).toMatchObject({ count: 8, systems: [{ system: 'south', rows: 0, surplus: 8 }] });
    const refused = await put('/systems/south/scope', { scope });
    expect([refused.status, refused.problem().code, refused.problem().count]).toEqual([409, 'reach-unseen', 8]);
    expect(refused.problem().reach, 'the same form as in the preview').toEqual(preview.reach);
    expect(await scopeOf(), 'nothing was set').toBe(before);
    expect((await put('/systems/south/scope', { scope, count: 8 })).status).toBe(200);
    const back = await put('/systems/south/scope', { scope: JSON.parse(before) as object, count: 8 });
    expect(back.status).toBe(200);
  });

  it('of a scope that takes customers in: so many rows would be made', async () => {
    const created = await put('/systems/east/scope', { scope: { create: 'everybody' } });
    expect(created.problem()).toMatchObject({ count: 8, reach: { systems: [{ system: 'east', made: 8 }] } });
  });

  it('of a match model: which customers part, counted as they come apart, and published with that number alone', async () => {
    for (const id of ids) {
      const person = { given: unlikeName(id), family: unlikeName(`of ${id}`), email: `${id}@example.org`, phone: null };
      for (const [system, own] of [
        ['north', `M-${id}`],
        ['east', `E-${id}`],
      ] as const)
        await hub.push(system, 'records', [{ id: own, version: 1, data: { id: own, ...person } }]);
    }
    const together = await customers();
    const model = (link: number) => ({ ...shippedModel, thresholds: { ...shippedModel.thresholds, link } });
    const document = model(40);
    const preview = matchPreview.parse(
      (await hub.hub.asAdmin('POST', '/api/v1/rules/matching/preview', { document })).json(),
    );
    expect(preview.reach).toMatchObject({ count: 8, begun: 8, ended: 0 });
    const keys = await hub.query('select * from match_key order by 1, 2');
    const refused = await put('/rules/matching', { document, reason: 'surer' });
    expect([refused.status, refused.problem().count]).toEqual([409, preview.reach.count]);
    expect(await hub.query('select * from match_key order by 1, 2'), 'nothing of it stays').toEqual(keys);
    expect((await put('/rules/matching', { document, reason: 'surer', count: preview.reach.count })).status).toBe(200);
    await settled();
    expect(await customers(), 'as many as were said to begin').toBe(together + preview.reach.begun);

    const again = await put('/rules/matching', { document: shippedModel, reason: 'as before' });
    expect(again.problem().reach).toMatchObject({ ended: 8 });
    const { count } = again.problem();
    expect((await put('/rules/matching', { document: shippedModel, reason: 'as before', count })).status).toBe(200);
    await settled();
    expect(await customers()).toBe(together);
  });

  it('of a configuration: all that it brings together, a mapping and rules and a scope at once', async () => {
    const whole = (await hub.hub.asAdmin('GET', '/api/v1/configuration')).json<Configuration>();
    const swapped = {
      ...mapping('north'),
      attributes: [
        { attribute: 'name', members: { given: { path: 'family' }, family: { path: 'given' } } },
        ...mapping('north').attributes.slice(1),
      ],
    };
    const systems = whole.systems.map((one) => (one.code === 'north' ? { ...one, mapping: swapped } : one));
    const dry = configurationChanges.parse((await put('/configuration?dryRun=1', { ...whole, systems })).json());
    expect(dry.reach.attributes).toMatchObject([{ attribute: 'name' }]);
    expect(dry.reach.count).toBeGreaterThan(5);
    const refused = await put('/configuration', { ...whole, systems });
    expect([refused.status, refused.problem().count]).toEqual([409, dry.reach.count]);
    const done = await put('/configuration', { ...whole, systems, count: dry.reach.count });
    expect(done.status).toBe(200);
    await settled();
    const runId = await hub.start('plan');
    await hub.steps();
    const run = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
    await hub.endRuns();
    const rows = dry.reach.systems.find(({ system }) => system === 'south')!.rows;
    expect(run.counts.change, 'the rows that are to be written').toBe(rows);
  });
});
