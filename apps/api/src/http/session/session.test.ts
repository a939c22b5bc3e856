import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';

const session = '/api/v1/session';
const account = { email: 'Admin@Cinch.local', password: ListeningHub.password };

describe('logging in', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());

  const cookieOf = async () => {
    const answer = await hub.call('POST', session, { body: account });
    return answer.headers.getSetCookie()[0]!.split(';')[0]!;
  };

  it('gives a session that scripts and other sites cannot use, and ends it', async () => {
    const answer = await hub.call('POST', session, { body: account });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ name: 'Admin', email: 'admin@cinch.local', role: 'admin' });
    const [setCookie] = answer.headers.getSetCookie();
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Lax/);
    const cookie = setCookie!.split(';')[0]!;
    expect((await hub.call('GET', session, { headers: { cookie } })).status).toBe(200);
    const ended = await hub.call('DELETE', session, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    expect(ended.status).toBe(204);
    expect((await hub.call('GET', session, { headers: { cookie } })).status).toBe(401);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a foreign origin', { origin: 'https://elsewhere.example' }, 403],
    ['nowhere that can be told', {}, 403],
    ['the console', { 'sec-fetch-site': 'same-origin' }, 201],
  ])('answers an act with a cookie that comes from %s', async (from, headers, status) => {
    const cookie = await cookieOf();
    const body = { code: `from-${status}`, name: from };
    const answer = await hub.call('POST', '/api/v1/systems', {
      body,
      headers: { cookie, ...headers } as Record<string, string>,
    });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.problem().code).toBe('foreign-origin');
  });

  it('does not say whether the e-mail or the password was wrong', async () => {
    const wrong = await hub.call('POST', session, { body: { ...account, password: 'wrong' } });
    const unknown = await hub.call('POST', session, { body: { email: 'nobody@cinch.local', password: 'wrong' } });
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
  });

  it('lists every field of a body that has not the expected form', async () => {
    const { code, errors } = (await hub.call('POST', session, { body: { email: 1 } })).problem();
    expect([code, errors?.map((error) => error.path)]).toEqual(['invalid-request', ['email', 'password']]);
  });

  it('shows the first account once', async () => {
    const shown: string[] = [];
    const show = (lines: readonly string[]) => Promise.resolve(void shown.push(lines.join('\n')));
    await hub.hub.showFirstStart(show, hub.url);
    await hub.hub.showFirstStart(show, hub.url);
    expect(shown[0]).toContain('admin@cinch.local');
    expect(shown[0]).not.toContain(ListeningHub.password);
    expect(shown[1]).toBe(`Open ${hub.url}`);
    expect(await readdir(hub.dataDir)).toEqual([]);
  });
});
