import type { Configuration, ConfigurationChanges, System } from '@cinch/api-contract';
import { shippedRules, shippedRulesFor } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';
import { jsonDifferences } from './json-differences.ts';

const path = '/api/v1/configuration';

describe('the configuration as a file', () => {
  let hub: ListeningHub;
  let other: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    other = await ListeningHub.open(inject('postgresUrl'));
    await hub.asAdmin('POST', '/api/v1/systems', {
      code: 'shop',
      name: 'Shop',
      adapterUrl: 'http://127.0.0.1:9/',
      adapterToken: 'a-secret-token-of-the-shop',
      scope: { create: { kind: 'person' } },
    });
    await hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document: aMapping('shop') });
    await hub.asAdmin('PUT', '/api/v1/systems/shop/lane', { lane: 'on' });
    await hub.asAdmin('PUT', '/api/v1/systems/shop/limits', { changedShare: 0.5 });
    await hub.asAdmin('PUT', '/api/v1/systems/shop/schedule', { every: 'hours', hours: 6 });
    const reason = 'BellyFat calls its customers';
    const document = { ...shippedRulesFor([]), default: { strategy: 'longest' } };
    await hub.asAdmin('PUT', '/api/v1/rules/survivorship', { document, reason });
  });
  afterAll(async () => {
    await hub?.close();
    await other?.close();
  });

  const exported = async (from: ListeningHub) => (await from.asAdmin('GET', path)).json<Configuration>();
  const put = (to: ListeningHub, body: unknown, query = '') => to.asAdmin('PUT', `${path}${query}`, body);
  const changes = async (to: ListeningHub, body: unknown, query = '') =>
    (await put(to, body, query)).json<ConfigurationChanges>();

  it('tells everything that was set up, and no secret', async () => {
    const answer = await hub.asAdmin('GET', path);
    expect(answer.json()).toMatchObject({
      format: 1,
      systems: [
        {
          code: 'shop',
          lane: 'on',
          limits: { changedShare: 0.5 },
          schedule: { every: 'hours', hours: 6 },
          scope: { create: { kind: 'person' } },
          mapping: aMapping('shop'),
        },
      ],
      survivorship: { default: { strategy: 'longest' } },
    });
    expect(answer.text).not.toContain('a-secret-token');
  });

  it('changes nothing where it is what the hub has already', async () => {
    const same = await changes(hub, await exported(hub));
    expect(same).toMatchObject({ dryRun: false, count: 0, differences: [], publishes: [], reach: { count: 0 } });
    const audited = await changes(hub, await exported(hub), '?dryRun=1');
    expect(audited).toEqual({ ...same, dryRun: true });
  });

  it('brings another hub to the same, after telling what that would change', async () => {
    const document = await exported(hub);
    const foreseen = await changes(other, document, '?dryRun=1');
    expect(foreseen.publishes).toEqual(['mapping shop', 'survivorship']);
    expect(foreseen.differences.map((one) => one.path)).toEqual([
      '/systems/shop',
      expect.stringMatching(/^\/survivorship\/default/),
    ]);
    expect((await exported(other)).systems).toEqual([]);

    expect(await changes(other, document)).toEqual({ ...foreseen, dryRun: false });
    expect(await exported(other)).toEqual(document);
    expect((await changes(other, document)).count).toBe(0);
    const { systems } = (await other.asAdmin('GET', '/api/v1/systems')).json<{ systems: System[] }>();
    expect(systems).toMatchObject([{ code: 'shop', outbound: 'off', mappingVersion: 1 }]);
  });

  it('changes only what differs, and leaves what it does not name', async () => {
    const [shop] = (await exported(hub)).systems;
    const renamed = await changes(hub, { format: 1, systems: [{ ...shop, name: 'Web shop', mapping: null }] });
    expect(renamed).toMatchObject({
      dryRun: false,
      count: 1,
      differences: [{ path: '/systems/shop/name', from: 'Shop', to: 'Web shop' }],
      publishes: [],
    });
    expect((await changes(hub, { format: 1, systems: [] })).count).toBe(0);
    const { limits, schedule: _schedule, ...older } = { ...shop!, name: 'Web shop' };
    expect(limits, 'a file of before there were limits leaves them').toMatchObject({ changedShare: 0.5 });
    expect((await changes(hub, { format: 1, systems: [older] })).count).toBe(0);
    expect((await exported(hub)).systems).toEqual([{ ...shop, name: 'Web shop' }]);
  });

  it('does not send the token of one address to another', async () => {
    const [shop] = (await exported(hub)).systems;
    const moved = { ...shop, adapterUrl: 'http://elsewhere.example.com/' };
    const refused = await put(hub, { format: 1, systems: [moved] });
    expect([refused.status, refused.problem().code]).toEqual([422, 'configuration-invalid']);
    expect(refused.problem().detail).toContain('adapterToken');
    const told = await changes(hub, { format: 1, systems: [{ ...moved, adapterToken: 'another-secret' }] });
    expect(told.differences.map((one) => one.path)).toEqual(['/systems/shop/adapterUrl', '/systems/shop/adapterToken']);
    expect(JSON.stringify(told)).not.toContain('another-secret');
  });

  it('lists the mistakes of all parts at once, and then changes nothing', async () => {
    const [shop] = (await exported(hub)).systems;
    const answer = await put(hub, {
      format: 1,
      systems: [
        { ...shop, name: 'Not this', scope: { create: { kind: 'robot' } }, mapping: aMapping('depot') },
        { ...shop, mapping: { format: 1 } },
      ],
      survivorship: { ...shippedRules, default: { strategy: 'coin-flip' } },
      matching: {},
    });
    expect([answer.status, answer.problem().code]).toEqual([422, 'configuration-invalid']);
    const paths = answer.problem().errors!.map((one) => one.path);
    for (const place of ['/systems/0/scope/create/kind', '/systems/0/mapping/system', '/systems/1/code']) {
      expect(paths).toContain(place);
    }
    expect(paths.some((one) => one.startsWith('/systems/1/mapping'))).toBe(true);
    expect(paths.some((one) => one.startsWith('/survivorship/default'))).toBe(true);
    expect(paths.some((one) => one.startsWith('/matching/'))).toBe(true);
    expect((await exported(hub)).systems[0]!.name).toBe('Web shop');
  });

  it('brings the canonical model first, for mappings of the same file that name what it adds', async () => {
    const { canonicalModel, systems } = await exported(hub);
    const { attributes, ...rest } = canonicalModel as { attributes: object[] };
    const trade = { id: 'occupation', number: 20, label: 'Occupation', shape: 'text' };
    const shop = { ...systems[0]!, code: 'trades', adapterUrl: null, mapping: aMapping('trades') };
    shop.mapping.attributes.push({ attribute: 'occupation', path: 'trade' } as never);
    const body = { format: 1, systems: [shop], canonicalModel: { ...rest, attributes: [...attributes, trade] } };
    expect((await changes(other, body)).publishes).toEqual(['canonicalModel', 'mapping trades']);
    expect((await exported(other)).canonicalModel).toMatchObject({ attributes: { 12: { id: 'occupation' } } });
    expect((await changes(other, body)).count).toBe(0);
  });
});

describe('differences of documents', () => {
  it.each([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['the order of members', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: '/a/b', from: 1, to: 2 }]],
    ['a member that is new', {}, { 'a/b': 1 }, [{ path: '/a~1b', to: 1 }]],
    ['a member that is gone', { 'a~': 1 }, {}, [{ path: '/a~0', from: 1 }]],
    ['a member of a list', [1, 2], [1, 3], [{ path: '/1', from: 2, to: 3 }]],
    ['the length of a list', { a: [1] }, { a: [1, 2] }, [{ path: '/a', from: [1], to: [1, 2] }]],
    ['null and absent', { a: null }, {}, [{ path: '/a', from: null }]],
  ])('%s', (_, from, to, found) => expect(jsonDifferences(from, to)).toEqual(found));
});
