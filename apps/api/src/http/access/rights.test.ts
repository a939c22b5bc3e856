import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { rights } from './rights.ts';

/** Middleware of the whole hub (the request log) stands in the router under this path and answers nothing. */
const everywhere = '{/*splat}';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

describe('who may do what', () => {
  let hub: ListeningHub;
  let shopKey: string;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    shopKey = await hub.aSystem('shop');
    await hub.aSystem('depot');
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
    expect(routes.sort()).toEqual(Object.keys(rights).sort());
  });

  it('turns a caller without a key away from everything that is not public', async () => {
    const open: string[] = [];
    for (const route of Object.keys(rights)) {
      const [method, path] = route.split(' ') as [string, string];
      const { status } = await hub.call(method, path.replaceAll(/:\w+/g, '1'));
      if (status !== 401) open.push(route);
    }
    expect(open.every((route) => rights[route] === 'public')).toBe(true);
  });

  it('lets a system act for itself only', async () => {
    const raw = '{"id":"1","data":{"id":"1"}}';
    const headers = { 'content-type': 'application/x-ndjson' };
    const own = await hub.call('POST', '/api/v1/systems/shop/records', { token: shopKey, headers, raw });
    expect(own.status).toBe(202);
    const other = await hub.call('POST', '/api/v1/systems/depot/records', { token: shopKey, headers, raw });
    expect([other.status, other.problem().code]).toEqual([403, 'not-allowed']);
    for (const path of ['/api/v1/customers', '/api/v1/systems', '/api/v1/crosswalk']) {
      expect((await hub.call('GET', path, { token: shopKey })).status).toBe(403);
    }
  });

  it('does not take the admin token for a system, nor a mistyped key for nobody', async () => {
    const pushed = await hub.asAdmin('POST', '/api/v1/systems/shop/records', [{ id: '1', data: {} }]);
    expect(pushed.problem().code).toBe('not-allowed');
    const mistyped = await hub.call('GET', '/api/v1/session', { token: `${shopKey}x` });
    expect([mistyped.status, mistyped.problem().code]).toEqual([401, 'not-logged-in']);
  });

  it('hides the batches of other systems', async () => {
    const pushed = await hub.call('POST', '/api/v1/systems/shop/records', {
      token: shopKey,
      body: [{ id: '2', data: { id: '2' } }],
    });
    const { batchId } = pushed.json<{ batchId: number }>();
    const depotKey = await hub.aSystem('depot');
    expect((await hub.call('GET', `/api/v1/batches/${batchId}`, { token: shopKey })).status).toBe(200);
    expect((await hub.call('GET', `/api/v1/batches/${batchId}`, { token: depotKey })).status).toBe(404);
  });
});
