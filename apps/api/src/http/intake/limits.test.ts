import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { BatchAccepted } from '@cinch/api-contract';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';

const line = (id: string) => JSON.stringify({ id, version: 1, data: { id, given: 'Jo', family: 'Doe' } });

describe('the limits of intake', () => {
  let hub: ListeningHub;
  let token: string;
  const headers = { 'content-type': 'application/x-ndjson' };
  const push = (raw: string) => hub.call('POST', '/api/v1/systems/shop/records', { token, headers, raw });
  beforeAll(async () => {
    // Without a worker what is accepted waits.
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api', INBOX_LIMIT: '2' });
    token = await hub.aSystem('shop');
  });
  afterAll(() => hub?.close());

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00'])(
    'refuses an instant that no calendar of the database has, wherever it is sent: %s',
    async (instant) => {
      const { rejected } = (await push(line('5').replace('{', `{"changedAt":"${instant}",`))).json<BatchAccepted>();
      expect(rejected).toEqual([
        { line: 1, code: 'wrong-form', path: 'changedAt', detail: expect.stringContaining('the years 1 to 9999') },
      ]);
      const asked = [
        ['systems/shop/loads', { asOf: instant }],
        ['systems/shop/keys', { expiresAt: instant }],
        ['systems/shop/restores', { setBackTo: instant }],
        ['audit/search', { since: instant }],
        [
          'customers/7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90/pins',
          { attribute: 'phone.primary', value: null, reason: 'x', until: instant },
        ],
        ['errors/replay', { until: instant }],
        ['systems/shop/take-backs/preview', { what: { from: instant, to: instant } }],
      ] as const;
      for (const [route, body] of asked) {
        const answer = await (route === 'systems/shop/loads'
          ? hub.call('POST', `/api/v1/${route}`, { token, body })
          : hub.asAdmin('POST', `/api/v1/${route}`, body));
        expect([route, answer.status, answer.problem().code]).toEqual([route, 400, 'invalid-request']);
        if (!route.includes('take-backs')) expect(answer.problem().detail).toContain('the years 1 to 9999');
      }
    },
  );

  it('tells a system that an admin has paused when to come again, and takes its pushes once it is on', async () => {
    const set = (inbound: string) => hub.asAdmin('PUT', '/api/v1/systems/shop/inbound', { inbound });
    expect((await set('paused')).json<{ inbound: string }>().inbound).toBe('paused');
    const answer = await push(line('1'));
    expect([answer.status, answer.problem().code, answer.headers.get('retry-after')]).toEqual([
      429,
      'inbound-paused',
      '60',
    ]);
    await set('on');
    expect((await push(line('1'))).status).toBe(202);
  });

  it('rejects a line that is too long and takes the others', async () => {
    const long = JSON.stringify({ id: 'long', data: { id: 'x'.repeat(1024 * 1024) } });
    const { accepted, rejected } = (await push(`${line('2')}\n${long}`)).json<BatchAccepted>();
    expect([accepted, rejected.map((reject) => [reject.line, reject.code])]).toEqual([1, [[2, 'line-too-long']]]);
  });

  it('tells a system to wait while too much of it waits', async () => {
    // What waits is counted once a second.
    let answer = await push(line('3'));
    while (answer.status === 202) answer = await push(line('4'));
    expect([answer.status, answer.problem().code]).toEqual([429, 'inbox-full']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.problem().detail).toMatch(/send this again/);
  });

  it.each([
    ['too many headers', `GET / HTTP/1.1\r\nhost: h\r\nx: ${'y'.repeat(17 * 1024)}\r\n\r\n`, 431, 'headers-too-large'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'invalid-request'],
    ['a request that names no host', 'GET /livez HTTP/1.1\r\n\r\n', 400, 'invalid-request'],
    [
      'an expectation that nobody knows, unread',
      'POST /livez HTTP/1.1\r\nhost: h\r\nexpect: wonders\r\ncontent-length: 4000000000\r\n\r\n',
      400,
      'invalid-request',
    ],
    [
      'the same of an upgrade',
      'GET /livez HTTP/1.1\r\nexpect: h2c\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
      400,
      'invalid-request',
    ],
  ])('refuses %s in words', async (_, bytes, status, code) => {
    const text = await sendRaw(hub.url, bytes);
    expect(text).toContain(`HTTP/1.1 ${status} `);
    expect(text).toContain('application/problem+json');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });

  it.each(['systems/%zz/records', 'systems/shop/customers/%ED%A0%80', 'nothing/%e0%a4%a', 'systems/%/keys'])(
    'says of %s that it is the address which cannot be read',
    async (path) => {
      const answer = await hub.call('GET', `/api/v1/${path}`, { token });
      expect([answer.status, answer.problem().detail]).toEqual([400, expect.stringContaining('encode it as %25')]);
    },
  );
});

function sendRaw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}
