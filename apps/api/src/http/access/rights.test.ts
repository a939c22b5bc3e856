import { callers, routes, type Caller, type Load } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub, type Answer } from '../../../test/listening-hub.ts';
import { aPerson } from '../../../test/people.ts';
import { isAmong, routeNames } from './rights.ts';

/** Middleware of the whole hub (the request log) stands in the router under this path and answers nothing. */
const everywhere = '{/*splat}';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

const unsafe = /^(POST|PUT|PATCH|DELETE) /;
/** Whoever calls is answered 401 by these for another reason, or has no session afterwards. */
const aboutTheSession = /\/session$/;
/** What it answers has no end: asked for its headers alone, it answers by the same right. */
const endless = 'GET /api/v1/live';

describe('who may do what', () => {
  let hub: ListeningHub;
  let shop: Call;
  let depot: Call;
  let adminCookie: string;
  let as: Record<Exclude<Caller, 'system' | 'other-system'>, Call>;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    const withToken =
      (token: string): Call =>
      (method, path, body) =>
        hub.call(method, path, { token, body });
    shop = withToken(await hub.aSystem('shop'));
    depot = withToken(await hub.aSystem('depot'));
    const [steward, auditor, admin] = await Promise.all([
      aPerson(hub, 'steward'),
      aPerson(hub, 'auditor'),
      aPerson(hub, 'admin', 'Second Admin'),
    ]);
    adminCookie = admin.cookie;
    as = {
      nobody: (method, path, body) => hub.call(method, path, { body }),
      steward: steward.call,
      auditor: auditor.call,
      admin: admin.call,
      automation: withToken(ListeningHub.adminToken),
    };
  });
  afterAll(() => hub?.close());

  it('names exactly the routes that the hub has', () => {
    const express = hub.hub.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const routes = express.router.stack.flatMap(({ route }) =>
      route && route.path !== everywhere
        ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
        : [],
    );
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.sort()).toEqual(routeNames.toSorted());
  });

  /** Who calls, as the table names it, and the system whose address is called. */
  const cells = (route: string): [Caller, string, Call][] => [
    ...(['nobody', 'steward', 'auditor', 'admin', 'automation'] as const).flatMap((who): [Caller, string, Call][] => [
      [who, 'shop', as[who]],
      [who, 'depot', as[who]],
    ]),
    ['system', 'shop', shop],
    ['system', 'depot', depot],
    [route.includes(':system') ? 'other-system' : 'system', 'depot', shop],
    [route.includes(':system') ? 'other-system' : 'system', 'shop', depot],
  ];

  it.each(routeNames.filter((route) => !aboutTheSession.test(route)))('%s', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    for (const [who, system, call] of cells(route)) {
      const address = path.replace(':system', system).replaceAll(/:\w+/g, '999999');
      const answer = await call(route === endless ? 'HEAD' : method, address);
      const cell = `${who} calls ${method} ${address}: ${answer.status}`;
      if (isAmong(routes[route].who, who)) {
        expect([401, 403], cell).not.toContain(answer.status);
        expect(answer.status, cell).toBeLessThan(500);
      } else {
        const refused = who === 'nobody' ? [401, 'not-logged-in'] : [403, 'not-allowed'];
        expect([answer.status, route === endless ? refused[1] : answer.problem().code], cell).toEqual(refused);
      }
    }
  });

  it('asks of the session nobody but people', async () => {
    for (const who of ['steward', 'auditor', 'admin'] as const) {
      const { role, may } = (await as[who]('GET', '/api/v1/session')).json<{ role: string; may: string[] }>();
      expect([role, may]).toEqual([who, routeNames.filter((route) => isAmong(routes[route].who, who))]);
    }
    for (const call of [as.nobody, as.automation, shop]) {
      expect((await call('GET', '/api/v1/session')).problem().code).toBe('not-logged-in');
    }
  });

  it('lets an auditor read all that people can read, and change nothing but the own account', () => {
    const read = routeNames.filter((route) => !unsafe.test(route));
    const ofPeople = read.filter(
      (route) => isAmong(routes[route].who, 'steward') || isAmong(routes[route].who, 'admin'),
    );
    expect(ofPeople.filter((route) => !isAmong(routes[route].who, 'auditor'))).toEqual([]);
    const acts = routeNames.filter((route) => unsafe.test(route) && isAmong(routes[route].who, 'auditor'));
    // What is searched for goes in a body, so that no log of addresses has it.
    expect(acts.filter((route) => !/\/(account|session|links|search)(\/|$)/.test(route))).toEqual([]);
  });

  it('lets an admin do whatever a steward does', () => {
    const missing = routeNames.filter(
      (route) => isAmong(routes[route].who, 'steward') && !isAmong(routes[route].who, 'admin'),
    );
    expect([missing, callers.length]).toEqual([[], 7]);
  });

  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    // A browser that says where it stands outweighs whatever else the call claims.
    { 'sec-fetch-site': 'cross-site', origin: 'SELF' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'OTHER PORT' },
    // Neither sign: no browser of today, but a cookie without a proof.
    {},
  ];

  it.each(foreign)('makes no act that another site asks for with the cookie of an admin: %o', async (from) => {
    const places: Record<string, string> = { SELF: hub.url, 'OTHER PORT': hub.url.replace(/:\d+$/, ':1') };
    const headers = Object.fromEntries(Object.entries(from).map(([name, value]) => [name, places[value] ?? value]));
    const routes = routeNames.filter((one) => unsafe.test(one));
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const address = path.replace(':system', 'shop').replaceAll(/:\w+/g, '999999');
      const answer = await hub.call(method, address, { headers: { cookie: adminCookie, ...headers } });
      expect([answer.status, answer.problem().code], route).toEqual([403, 'foreign-origin']);
    }
  });

  it('lets a system push for itself', async () => {
    const records = '{"id":"1","data":{"id":"1"}}';
    const push = (system: string) => shop('POST', `/api/v1/systems/${system}/records`, [JSON.parse(records)]);
    expect([(await push('shop')).status, (await push('depot')).status]).toEqual([202, 403]);
  });

  it('does not take a mistyped key for nobody', async () => {
    const mistyped = await hub.call('GET', '/api/v1/status', { token: 'cinch_shop_mistyped' });
    expect([mistyped.status, mistyped.problem().code]).toEqual([401, 'not-logged-in']);
  });

  it('hides the batches and loads of other systems, also that they exist', async () => {
    const key = await hub.aSystem('mill');
    const mill: Call = (method, path, body) => hub.call(method, path, { token: key, body });
    const pushed = await mill('POST', '/api/v1/systems/mill/records', [{ id: '2', data: { id: '2' } }]);
    const batch = `/api/v1/batches/${pushed.json<{ batchId: number }>().batchId}`;
    expect([(await mill('GET', batch)).status, (await depot('GET', batch)).status]).toEqual([200, 404]);
    const { loadId } = (await mill('POST', '/api/v1/systems/mill/loads', {})).json<Load>();
    const load = `/api/v1/loads/${loadId}`;
    expect([(await mill('GET', load)).status, (await depot('GET', load)).status]).toEqual([200, 404]);
    expect((await depot('POST', `${load}/abort`)).status).toBe(404);
    expect((await as.auditor('POST', `${load}/abort`)).status).toBe(403);
    expect((await mill('POST', `${load}/abort`)).status).toBe(200);
  });
});
