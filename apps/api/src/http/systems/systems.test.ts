import {
  mappingVersionList,
  restoreList,
  type MappingCheck,
  type MappingPublished,
  type ScopePreview,
  type System,
} from '@cinch/api-contract';
import { defaultLimits } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';
import { Worker } from '../../pipeline/worker.ts';
import { Database } from '../../platform/transaction.ts';

describe('administering systems', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    await hub.aSystem('shop');
  });
  afterAll(() => hub?.close());

  const shown = async (code: string) =>
    (await hub.asAdmin('GET', '/api/v1/systems'))
      .json<{ systems: System[] }>()
      .systems.find((system) => system.code === code)!;

  it('starts a new system as an observer that is given no records', async () => {
    const made = await hub.asAdmin('POST', '/api/v1/systems', { code: 'new-one', name: 'New' });
    expect(made.status).toBe(201);
    const observer = {
      outbound: 'off',
      lane: 'off',
      scope: { create: 'nobody', keep: 'everybody' },
      mappingVersion: null,
      lastRun: null,
    };
    expect(await shown('new-one')).toMatchObject(observer);
    const again = await hub.asAdmin('POST', '/api/v1/systems', { code: 'new-one', name: 'Other' });
    expect([again.status, again.problem().code]).toEqual([409, 'already-exists']);
  });

  it('refuses the address of another inner system, new or in a configuration, and stores nothing', async () => {
    const system = { code: 'inner', name: 'Inner', adapterUrl: 'http://169.254.169.254/latest/' };
    const made = await hub.asAdmin('POST', '/api/v1/systems', system);
    expect([made.status, made.problem().code]).toEqual([422, 'address-refused']);
    const parts = { scope: { create: 'nobody', keep: 'everybody' }, lane: 'off', mapping: null };
    const imported = await hub.asAdmin('PUT', '/api/v1/configuration', {
      format: 1,
      systems: [{ ...system, ...parts }],
    });
    expect([imported.status, imported.problem().code]).toEqual([422, 'address-refused']);
    expect(await shown('inner')).toBeUndefined();
  });

  it('warns of an adapter that is called by plain http beyond this machine', async () => {
    const warned = async (code: string, adapterUrl: string | null) => {
      const answer = await hub.asAdmin('POST', '/api/v1/systems', { code, name: code, adapterUrl });
      return answer.json<System>().warnings.map((one) => one.includes('plain http'));
    };
    expect(await warned('plain', 'http://93.184.215.14/')).toEqual([true]);
    expect(await warned('safe', 'https://93.184.215.14/')).toEqual([]);
    expect(await warned('beside', 'http://127.0.0.1:9/')).toEqual([]);
    expect(await warned('pushes', null)).toEqual([]);
  });

  it('takes a scope with predicates, and lists every mistake of a bad one', async () => {
    const put = (scope: unknown) => hub.asAdmin('PUT', '/api/v1/systems/shop/scope', { scope });
    const bad = await put({ create: { kind: 'robot' }, keep: { attribute: 'shoeSize', known: true }, until: 'never' });
    expect([bad.status, bad.problem().code]).toEqual([422, 'scope-invalid']);
    expect(bad.problem().errors!.map(({ path }) => path)).toEqual(['/create/kind', '/keep/attribute', '/until']);
    const persons = { create: { kind: 'person' } };
    expect((await put(persons)).json<System>().scope).toEqual({ ...persons, keep: 'everybody' });
    const made = await hub.asAdmin('POST', '/api/v1/systems', { code: 'scoped', name: 'Scoped', scope: persons });
    expect(made.json<System>().scope).toEqual({ ...persons, keep: 'everybody' });
  });

  it('counts whom another scope would take in or leave out, and changes nothing', async () => {
    const key = await hub.aSystem('gym');
    const lines = ['a', 'b'].map((id) => ({ id, version: 1, data: { id, given: 'Jo', family: `Doe-${id}` } }));
    await hub.call('POST', '/api/v1/systems/gym/records', { token: key, body: lines });
    await hub.hub.app.get(Worker).drained();
    const preview = (system: string, scope: unknown) =>
      hub.asAdmin('POST', `/api/v1/systems/${system}/scope/preview`, { scope });
    const nobody = { create: 0, withheld: 0, refresh: 0, surplus: 0 };
    const persons = { create: { kind: 'person' } };
    const elsewhere = (await preview('new-one', persons)).json<ScopePreview>();
    expect(elsewhere).toMatchObject({ inForce: nobody, proposed: { ...nobody, create: 2 }, reach: { count: 2 } });
    expect(elsewhere.reach.systems).toMatchObject([{ system: 'new-one', made: 2 }]);
    const own = (await preview('gym', { keep: 'nobody' })).json<ScopePreview>();
    expect(own).toMatchObject({ inForce: { ...nobody, refresh: 2 }, proposed: { ...nobody, surplus: 2 } });
    expect(own.reach).toMatchObject({ count: 2, systems: [{ system: 'gym', rows: 0, surplus: 2 }] });
    expect((await shown('gym')).scope).toEqual({ create: 'nobody', keep: 'everybody' });
    expect((await preview('gym', { keep: 'some' })).problem().code).toBe('scope-invalid');
  });

  it('takes limits of its own for a system, all at once, and tells the defaults of the others', async () => {
    const put = (limits: unknown) => hub.asAdmin('PUT', '/api/v1/systems/shop/limits', limits);
    const set = (await put({ changedShare: 0.5, laneRows: 10 })).json<System>();
    expect(set.limits).toMatchObject({ changedShare: 0.5, laneRows: 10, surplusShare: null });
    expect(set.defaultLimits).toEqual(defaultLimits);
    expect((await put({ changedShare: 50 })).problem().code).toBe('invalid-request');
    expect((await put({ surplusRows: 3 })).json<System>().limits).toMatchObject({ changedShare: null, surplusRows: 3 });
    const [last] = (await hub.asAdmin('GET', '/api/v1/audit')).json<{ entries: { act: string }[] }>().entries;
    expect(last!.act).toBe('limits {"surplusRows":3}');
    expect(Object.values((await put({})).json<System>().limits).every((limit) => limit === null)).toBe(true);
  });

  it('notes each restore after the one before it and none ahead of time', async () => {
    const path = '/api/v1/systems/shop/restores';
    const note = (setBackTo: string, restoredAt?: string) => hub.asAdmin('POST', path, { setBackTo, restoredAt });
    expect((await note('2026-02-02T00:00:00Z', '2026-02-01T00:00:00Z')).problem().code).toBe('invalid-request');
    expect((await note('2026-02-01T00:00:00Z', '2999-01-01T00:00:00Z')).problem().code).toBe('invalid-request');
    expect((await note('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z')).status).toBe(201);
    expect((await note('2026-01-01T00:00:00Z', '2026-02-02T00:00:00Z')).problem().code).toBe('not-possible');
    expect((await note('2026-01-01T00:00:00Z')).status).toBe(201);
    const { restores } = restoreList.parse((await hub.asAdmin('GET', path)).json());
    expect(restores.map((one) => one.setBackTo)).toEqual(['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']);
    expect(restores[1]).toMatchObject({ restoredAt: '2026-02-02T00:00:00.000Z', notedBy: 'admin token' });
  });

  it('arms a system only after somebody has looked at a plan of it', async () => {
    const arm = () => hub.asAdmin('PUT', '/api/v1/systems/shop/outbound', { outbound: 'armed' });
    expect((await arm()).problem().code).toBe('plan-needed');
    const [run] = await hub.hub.app.get(Database).transaction((tx) =>
      tx.query<{ id: number }>(
        `insert into refresh_run (system_id, mode, phase, counts, started_by, started_at)
         select system_id, 'plan', 'planned', '{}', 'test', now() from system where code = 'shop' returning run_id as id`,
      ),
    );
    expect((await arm()).problem().code).toBe('plan-needed');
    expect((await hub.asAdmin('GET', `/api/v1/refreshes/${run!.id}/items`)).json()).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await arm()).json<System>().outbound).toBe('armed');
  });

  it('keeps of a key nothing that it could be used by', async () => {
    const { key, prefix } = (await hub.asAdmin('POST', '/api/v1/systems/shop/keys')).json<{
      key: string;
      prefix: string;
    }>();
    expect(key).toMatch(/^cinch_shop_[\w-]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const stored = await hub.hub.app.get(Database).read((tx) => tx.query('select * from system_key'));
    expect(JSON.stringify(stored)).not.toContain(key.slice(-30));
  });

  it('publishes a mapping as the next version, and lists every mistake of a bad one', async () => {
    const put = (document: object) => hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document });
    const before = (await hub.asAdmin('GET', '/api/v1/systems/shop/mapping')).json<MappingPublished>();
    const bad = await put({ ...aMapping('shop'), key: {}, attributes: [{ attribute: 'shoe-size', path: 'x' }] });
    expect([bad.status, bad.problem().code]).toEqual([422, 'mapping-invalid']);
    expect(bad.problem().errors!.length).toBeGreaterThan(1);
    expect((await put(aMapping('depot'))).problem().code).toBe('mapping-invalid');
    expect((await put(aMapping('shop'))).json<MappingPublished>().version).toBe(before.version + 1);
    const { versions } = mappingVersionList.parse(
      (await hub.asAdmin('GET', '/api/v1/systems/shop/mapping/versions')).json(),
    );
    expect(versions.map(({ version }) => version)).toEqual([before.version + 1, before.version]);
    expect(versions[1]).toMatchObject({ publishedBy: 'admin token', document: before.document });
  });

  it('tells by what two rows of a system are equal', async () => {
    const told = (await hub.asAdmin('GET', '/api/v1/systems/shop/mapping/projection')).json();
    expect(told).toMatchObject({
      system: 'shop',
      places: [{ attribute: 'name', paths: ['given', 'family'], absent: 'cleared' }],
      lists: [],
    });
  });

  it('checks a mapping on samples without publishing it', async () => {
    const samples = [{ id: '1', given: 'Jo', family: 'Doe' }, { given: 'Jo' }];
    const body = { document: aMapping('shop'), samples };
    const report = (await hub.asAdmin('POST', '/api/v1/systems/shop/mapping/check', body)).json<MappingCheck>();
    expect(report).toMatchObject({ records: 2, readable: 1, faults: [], unreadable: [{ path: 'id', code: 'no-key' }] });
  });
});
