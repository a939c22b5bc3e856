import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { isStranger } from '../../connections.ts';
import { serverFor } from '../../listen.ts';
import { Worker } from '../../pipeline/worker.ts';
import { ownViewsFirst } from './own-views-first.ts';

/** What is different in every answer. */
const passing = ['date', 'x-request-id'];

describe('a view that is answered in front of the router', () => {
  let hub: ListeningHub;
  let router: Server;
  let routed: string;
  let shop: string;
  let depot: string;

  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    router = serverFor(hub.hub.app.getHttpAdapter().getInstance());
    await new Promise<void>((resolve) => router.listen(0, '127.0.0.1', resolve));
    routed = `http://127.0.0.1:${(router.address() as AddressInfo).port}`;
    [shop, depot] = [await hub.aSystem('shop'), await hub.aSystem('depot')];
    const body = ['1', 'ä/ 2'].map((id) => ({ id, data: { id, given: 'Zoë', family: 'Brook' } }));
    await hub.call('POST', '/api/v1/systems/shop/records', { token: shop, body });
    await hub.hub.app.get(Worker).drained();
  });
  afterAll(async () => {
    router?.closeAllConnections();
    await new Promise((resolve) => router.close(resolve));
    await hub?.close();
  });

  async function answers(path: string, init: RequestInit): Promise<unknown[]> {
    const both = [`${hub.url}${path}`, `${routed}${path}`].map(async (url) => {
      const response = await fetch(url, init);
      const headers = [...response.headers].filter(([name]) => !passing.includes(name));
      return { status: response.status, headers: headers.sort(), body: await response.text() };
    });
    return Promise.all(both);
  }

  const own = '/api/v1/systems/shop/customers/';
  const as = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });

  it.each<[number, string, string, () => RequestInit]>([
    [200, 'its own view', `${own}1`, () => ({ headers: as(shop) })],
    [200, 'a key that has to be written otherwise in an address', `${own}%C3%A4%2F%202`, () => ({ headers: as(shop) })],
    [400, 'a question behind the address', `${own}1?x=1`, () => ({ headers: as(shop) })],
    [200, 'its head alone', `${own}1`, () => ({ method: 'HEAD', headers: as(shop) })],
    [200, 'an older version at hand', `${own}1`, () => ({ headers: as(shop, { 'if-none-match': 'W/"1-x"' }) })],
    [404, 'an unknown record', `${own}9`, () => ({ headers: as(shop) })],
    [400, 'a NUL', `${own}a%00b`, () => ({ headers: as(shop) })],
    [400, 'an address that cannot be read', `${own}%E0%A4%A`, () => ({ headers: as(shop) })],
    [401, 'no key', `${own}1`, () => ({})],
    [401, 'an unknown key', `${own}1`, () => ({ headers: as('cinch_shop_x') })],
    [403, 'the key of another system', `${own}1`, () => ({ headers: as(depot) })],
    [403, 'the admin token', `${own}1`, () => ({ headers: as(ListeningHub.adminToken) })],
  ])('is answered with %i as by the router for %s', async (status, _, path, init) => {
    const [first, second] = await answers(path, init());
    expect(first).toEqual(second);
    expect(first).toMatchObject({ status });
  });

  it('makes its connection that of somebody known, as the door does', async () => {
    const first = serverFor(ownViewsFirst(hub.hub.app, 'warn'));
    const sockets: Socket[] = [];
    first.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}${own}1`;
    expect((await fetch(url, { headers: as(shop) })).status).toBe(200);
    expect(sockets.map(isStranger)).toEqual([false]);
    first.closeAllConnections();
    first.close();
  });

  it('is all that the router is spared', async () => {
    const handle = vi.spyOn(hub.hub.app.getHttpAdapter().getInstance() as unknown as { handle: () => void }, 'handle');
    await hub.call('GET', `${own}1`, { token: shop });
    expect(handle).not.toHaveBeenCalled();
    await hub.call('GET', `${own}9`, { token: shop });
    expect(handle).toHaveBeenCalledOnce();
  });

  it('ends with the key by which it was asked for', async () => {
    const made = await hub.asAdmin('POST', '/api/v1/systems/shop/keys');
    const { key, keyId } = made.json<{ key: string; keyId: number }>();
    expect((await hub.call('GET', `${own}1`, { token: key })).status).toBe(200);
    await hub.asAdmin('POST', `/api/v1/systems/shop/keys/${keyId}/revoke`);
    expect((await hub.call('GET', `${own}1`, { token: key })).status).toBe(401);
  });
});
