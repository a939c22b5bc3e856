import { auditPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson, testPassword } from '../../../test/people.ts';

const session = '/api/v1/session';
const email = 'admin@cinch.local';

describe('guesses at a password', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { TRUSTED_PROXIES: 'loopback' });
  });
  afterAll(() => hub?.close());

  const logIn = (address: string, password: string, cookie = '', who = email) =>
    hub.call('POST', session, {
      body: { email: who, password },
      headers: { 'x-forwarded-for': address, ...(cookie !== '' && { cookie }) },
    });
  const browserOf = async (address: string) => {
    const cookies = (await logIn(address, ListeningHub.password)).headers.getSetCookie();
    return cookies.find((text) => text.startsWith('cinch.browser='))!.split(';')[0]!;
  };
  /** 40 guesses a second, until told to stop. */
  const flood = (address: (n: number) => string) => {
    const over = new AbortController();
    const guesses: Promise<unknown>[] = [];
    const body = JSON.stringify({ email, password: 'one of many guesses' });
    const guess = () => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': address(guesses.length) };
      const call = { method: 'POST', headers, body, signal: over.signal };
      guesses.push(fetch(hub.url + session, call).then((answer) => answer.text()));
    };
    const timer = setInterval(guess, 1_000 / 40);
    for (let n = 0; n < 40; n += 1) guess();
    return async () => {
      clearInterval(timer);
      over.abort();
      await Promise.allSettled(guesses);
    };
  };

  it('from one address keep the owner out neither elsewhere nor in a browser that logged in before, and the admin token works', async () => {
    const browser = await browserOf('203.0.113.7');
    const stop = flood(() => '203.0.113.7');
    try {
      expect((await logIn('198.51.100.1', ListeningHub.password)).status).toBe(200);
      expect((await logIn('203.0.113.7', ListeningHub.password, browser)).status).toBe(200);
      expect((await hub.asAdmin('GET', '/api/v1/users')).status).toBe(200);
    } finally {
      await stop();
    }
  });

  it('from many addresses keep out neither a browser nor an address that logged in before, nor who holds a new link', async () => {
    const browser = await browserOf('198.51.100.2');
    const stop = flood((n) => `203.0.113.${n % 250}`);
    try {
      expect((await logIn('192.0.2.99', ListeningHub.password, browser)).status).toBe(200);
      expect((await logIn('198.51.100.2', ListeningHub.password)).status).toBe(200);
      const invited = await hub.asAdmin('POST', '/api/v1/users', {
        name: 'Lea',
        email: 'lea@cinch.local',
        role: 'steward',
      });
      const { token } = invited.json<{ token: string }>();
      const used = await hub.call('POST', '/api/v1/links/use', { body: { token, password: testPassword } });
      const cookie = used.headers.getSetCookie()[0]!.split(';')[0]!;
      expect((await logIn('192.0.2.98', testPassword, cookie, 'lea@cinch.local')).status).toBe(200);
    } finally {
      await stop();
    }
  });

  it('gain nothing by a cookie of another account, one made up or one cut short', async () => {
    const own = await browserOf('198.51.100.3');
    const { email: other } = await aPerson(hub, 'steward', 'Otto');
    for (const cookie of [own, `${own}x`, own.slice(0, -3), 'cinch.browser=a.99999999999999.b', 'cinch.browser=..']) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => logIn('203.0.113.50', 'a wrong guess', cookie, other)),
      );
      expect(
        answers.some(({ status }) => status === 429),
        cookie,
      ).toBe(true);
    }
  });

  it('stand in the audit log with the address that a trusted proxy tells', async () => {
    await logIn('2001:db8::17', 'not the password');
    await logIn('not-an-address', 'not the password');
    const search = { search: 'log-in' };
    const { entries } = auditPage.parse((await hub.asAdmin('POST', '/api/v1/audit/search', search)).json());
    expect(new Set(entries.map(({ address }) => address))).toContain('203.0.113.7');
    const logged = await hub.asAdmin('POST', '/api/v1/audit/search', { search: 'logged in' });
    expect(auditPage.parse(logged.json()).entries.map(({ address }) => address)).toContain('198.51.100.1');
  });
});

describe('whoever calls without a proxy', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());

  it('is not believed which address it says that it has', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.4' };
    await hub.call('POST', session, { body: { email, password: 'a wrong guess' }, headers });
    const { entries } = auditPage.parse((await hub.asAdmin('GET', '/api/v1/audit?limit=1')).json());
    expect(entries).toMatchObject([{ act: 'log-in failed', subject: email, address: '127.0.0.1' }]);
  });
});
