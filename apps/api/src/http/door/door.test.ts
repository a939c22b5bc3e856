import { bodyBytes, paces, routes, shares } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { RawCall } from '../../../test/raw-call.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import { routeNames } from '../access/rights.ts';
import { RefusalTurns } from './paced-turns.ts';
import { Shares } from './shares.ts';

const unsafe = /^(POST|PUT|PATCH|DELETE) /;
const ofStrangers = routeNames.filter((route) => unsafe.test(route) && routes[route].who !== 'public');
const json = { 'content-type': 'application/json', 'content-length': '4000000' };

describe('the door', () => {
  let hub: ListeningHub;
  let [key, depotKey] = ['', ''];
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    key = await hub.aSystem('shop');
    depotKey = await hub.aSystem('depot');
  });
  afterAll(() => hub?.close());

  /** Answered although nothing of the body has come. */
  const refusedUnread = async (line: string, headers: Record<string, string>) => {
    const call = await RawCall.begin(hub.url, line, { ...json, ...headers });
    const { status } = await call.answer();
    call.close();
    return status;
  };
  const addressOf = (route: string) => route.replace(':system', 'depot').replaceAll(/:\w+/g, '999999');

  it('looks up as many guessed tokens as an address may have under way, and keeps no key waiting', async () => {
    const shop = () => hub.call('GET', '/api/v1/systems/shop/customers/nobody', { token: key });
    expect((await shop()).status).toBe(404);
    const keys = hub.hub.app.get(SystemKeys);
    const systemOf = keys.systemOf.bind(keys);
    let letGo = () => {};
    const held = new Promise<null>((resolve) => (letGo = () => resolve(null)));
    const looked = vi.spyOn(keys, 'systemOf').mockImplementation((token) => (token === key ? systemOf(token) : held));
    const paths = ['/api/v1/overview', '/api/v1/systems/shop/customers/nobody'];
    const answers = Array.from({ length: 200 }, (_, n) =>
      hub.call('GET', paths[n % 2]!, { token: `cinch_shop_${n}` }).then(({ status }) => status),
    );
    let refused = 0;
    for (const answer of answers) void answer.then((status) => (refused += Number(status === 429)));
    await expect.poll(() => refused).toBe(200 - shares.lookUps.each);
    expect(looked).toHaveBeenCalledTimes(shares.lookUps.each);
    expect((await shop()).status).toBe(404);
    letGo();
    expect((await Promise.all(answers)).filter((status) => status === 401)).toHaveLength(shares.lookUps.each);
    looked.mockRestore();
  });

  it('asks for permission before it reads a body: on every route a stranger is answered unread', async () => {
    expect(ofStrangers.length).toBeGreaterThan(40);
    for (const route of ofStrangers) {
      expect([route, await refusedUnread(addressOf(route), { 'sec-fetch-site': 'same-origin' })]).toEqual([route, 401]);
    }
  });

  it.each([
    ['another system', 'POST /api/v1/systems/depot/records', 403],
    ['a system that acts as an admin', 'PUT /api/v1/configuration', 403],
    ['a route that is not there', 'POST /api/v1/nothing', 404],
    ['a method that a route does not have', 'PATCH /api/v1/overview', 404],
    ['a page of the console that is posted to', 'POST /customers', 404],
  ])('answers %s without reading the body', async (_, line, status) => {
    expect(await refusedUnread(line, { authorization: `Bearer ${key}` })).toBe(status);
  });

  it('answers a page of another site without reading the body', async () => {
    expect(await refusedUnread('POST /api/v1/session', { 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  it('takes 16 KiB on public routes and says so: 4 MiB of an e-mail are refused unread and not remembered', async () => {
    const call = await RawCall.begin(hub.url, 'POST /api/v1/session', json);
    const { status } = await call.answer();
    call.close();
    const body = { email: 'x'.repeat(20_000), password: 'y' };
    const sent = await hub.call('POST', '/api/v1/session', { body });
    const streamed = await RawCall.begin(hub.url, 'POST /api/v1/links/look', {
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    });
    streamed.write(`5000\r\n{"token":"${'x'.repeat(0x5000 - 10)}\r\n`);
    expect([status, sent.status, (await streamed.answer()).status]).toEqual([413, 413, 413]);
    streamed.close();
    expect(sent.problem().detail).toContain('16 KiB');
  });

  it('cuts off whoever goes on sending after the refusal', async () => {
    const headers = { ...json, 'content-length': '100000000' };
    const call = await RawCall.begin(hub.url, 'POST /api/v1/systems', headers);
    await call.answer();
    const piece = Buffer.alloc(1024 * 1024, 32);
    for (let sent = 0; sent < 64 && !call.isClosed; sent += 1) call.write(piece);
    await call.closed();
    expect(call.isClosed).toBe(true);
  });

  it('lets whoever asks before sending know that it need not', async () => {
    const expecting = { ...json, expect: '100-continue' };
    expect(await refusedUnread('POST /api/v1/systems', expecting)).toBe(401);
    const call = await RawCall.begin(hub.url, 'POST /api/v1/session', {
      ...expecting,
      'content-length': '2',
      'sec-fetch-site': 'same-origin',
    });
    expect((await call.answer()).status).toBe(100);
    call.close();
  });

  const nested = (levels: number) => '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2);
  it.each([
    ['deep', () => `{"document":${nested(1_000)}}`, 'at most 64 levels'],
    ['half a million brackets', () => '['.repeat(500_000), 'at most 64 levels'],
    [
      'wide',
      () => `{"document":{${Array.from({ length: 200_000 }, (_, n) => `"${n}":1`).join(',')}}}`,
      '100000 values',
    ],
    ['half of a document', () => '{"document":{"format":1,', 'not JSON'],
    ['no UTF-8', () => Buffer.from('{"document":"\xff"}', 'latin1'), 'UTF-8'],
  ])('refuses a document that is %s in words, and stays there for others', async (_, body, words) => {
    const answer = await hub.call('PUT', '/api/v1/systems/shop/mapping', {
      token: ListeningHub.adminToken,
      headers: { 'content-type': 'application/json' },
      raw: body(),
    });
    expect([answer.status, answer.problem().detail]).toEqual([400, expect.stringContaining(words)]);
  });

  it.each([
    ['packed JSON', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON in another charset', { 'content-type': 'application/json; charset=utf-16' }],
  ])('takes no %s', async (_, headers) => {
    const answer = await hub.call('POST', '/api/v1/session', { headers, raw: '{"email":"a@b.c","password":"x"}' });
    expect([answer.status, answer.problem().code]).toEqual([415, 'unsupported-media-type']);
  });

  it('tells at most 100 of the mistakes in a body', async () => {
    const ids = Array.from({ length: 1_000 }, () => 'x');
    const answer = await hub.asAdmin('POST', '/api/v1/errors/replay', { ids, reason: 'asked' });
    expect([answer.status, answer.problem().errors!.length]).toEqual([400, 100]);
  });

  it('asks how often a caller has asked before it reads what is asked', async () => {
    const line = 'POST /api/v1/systems/depot/match';
    const asks = Array.from({ length: paces.match.burst + 20 }, () =>
      refusedUnread(line, { authorization: `Bearer ${depotKey}`, 'content-length': '262145' }),
    );
    expect(new Set(await Promise.all(asks))).toEqual(new Set([413, 429]));
  });

  it.each([
    ['POST /api/v1/session', 'nobody', { email: Array.from({ length: 200 }, () => 'x'), password: 'x' }, 'at most 100'],
    ['POST /api/v1/systems/shop/match', 'shop', { data: { wide: Array.from({ length: 20_000 }, () => 1) } }, '20000'],
  ])(
    '%s: refuses of %s more values than such a body can mean, before they are read',
    async (route, who, body, words) => {
      const [method, path] = route.split(' ') as [string, string];
      const token = who === 'shop' ? { token: key } : {};
      const answer = await hub.call(method, path, { ...token, body });
      expect([answer.status, answer.problem().detail]).toEqual([400, expect.stringContaining(words)]);
    },
  );

  it.each([
    ['what is not JSON', 'shop', '{', 400],
    ['a key that nobody knows', 'cinch_shop_guessed', '{}', 401],
    ['what is too large', 'shop', 'x'.repeat(bodyBytes.usual + 1), 413],
    ['what says nothing of its kind', 'shop', null, 415],
  ] as const)(
    'tells the refusal of %s at the turn of its caller, who holds nothing meanwhile',
    async (_, who, raw, status) => {
      const waiting: (() => void)[] = [];
      const taken = vi.spyOn(hub.hub.app.get(RefusalTurns), 'take').mockImplementation((_lane, _socket, goOn) => {
        waiting.push(goOn);
        return true;
      });
      const headers = { 'content-type': raw === null ? 'text/html' : 'application/json' };
      const token = who === 'shop' ? key : who;
      let isTold = false;
      const answer = hub.call('POST', '/api/v1/systems/shop/loads', { token, headers, raw: raw ?? 'x' });
      void answer.then(() => (isTold = true));
      await expect.poll(() => waiting.length).toBe(1);
      expect(isTold).toBe(false);
      const all = () => hub.hub.app.get(Shares).take('calls', 'system shop', shares.calls.each)();
      expect(all).not.toThrow();
      const after = await hub.call('GET', '/api/v1/systems/shop/customers/nobody', { token: key });
      expect(after.status).toBe(404);
      waiting[0]!();
      expect((await answer).status).toBe(status);
      expect(taken).toHaveBeenCalledTimes(1);
      taken.mockRestore();
    },
  );

  it('tells a push of which nothing was accepted in the same turn, and one of which a record was at once', async () => {
    const waiting: (() => void)[] = [];
    const turns = vi.spyOn(hub.hub.app.get(RefusalTurns), 'take').mockImplementation((_lane, _socket, goOn) => {
      waiting.push(goOn);
      return true;
    });
    const push = (raw: string) =>
      hub.call('POST', '/api/v1/systems/shop/records', {
        token: key,
        headers: { 'content-type': 'application/x-ndjson' },
        raw,
      });
    expect((await push('{"id":"P-1","data":{"id":"P-1"}}\nno JSON')).status).toBe(202);
    const refused = push('no JSON');
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]!();
    expect((await refused).status).toBe(202);
    turns.mockRestore();
  });
});
