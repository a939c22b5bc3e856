import { auditPage, linkFound, linkMade, userList, type User } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson, asPerson, logIn, testPassword, type TestPerson } from '../../../test/people.ts';
import { Database } from '../../platform/transaction.ts';

const users = '/api/v1/users';
const anotherPassword = 'another-long-password';

describe('people', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());

  const all = async () => userList.parse((await hub.asAdmin('GET', users)).json()).users;
  const one = async (email: string) => (await all()).find((user) => user.email === email)!;
  const invite = async (body: object) => hub.asAdmin('POST', users, body);
  const linkFor = async ({ userId }: { userId: string }) =>
    linkMade.parse((await hub.asAdmin('POST', `${users}/${userId}/link`)).json());
  const look = (token: string) => hub.call('POST', '/api/v1/links/look', { body: { token } });
  const use = (token: string, password = testPassword) =>
    hub.call('POST', '/api/v1/links/use', { body: { token, password } });
  const sql = (text: string, values: unknown[]) =>
    hub.hub.app.get(Database).transaction((tx) => tx.query(text, values));
  const isIn = async (person: TestPerson) => (await person.call('GET', '/api/v1/session')).status === 200;

  it('come in by a link that works once', async () => {
    const made = linkMade.parse((await invite({ name: 'Ann', email: 'Ann@Cinch.local', role: 'steward' })).json());
    expect(made).toMatchObject({ purpose: 'invite', user: { email: 'ann@cinch.local', state: 'invited' } });
    const entry = await hub.call('POST', '/api/v1/session', {
      body: { email: 'ann@cinch.local', password: testPassword },
    });
    expect(entry.status).toBe(401);
    expect(linkFound.parse((await look(made.token)).json())).toMatchObject({ name: 'Ann', purpose: 'invite' });
    expect((await use(made.token, 'short')).problem().code).toBe('invalid-request');
    expect((await use(made.token)).status).toBe(204);
    expect([(await use(made.token)).status, (await look(made.token)).problem().code]).toEqual([410, 'link-spent']);
    await logIn(hub, 'Ann@cinch.local', testPassword);
    expect(await one('ann@cinch.local')).toMatchObject({ state: 'active', linkExpiresAt: null });
    expect((await one('ann@cinch.local')).lastLogInAt).not.toBeNull();
    expect((await invite({ name: 'Ann', email: 'ANN@cinch.local', role: 'admin' })).problem().code).toBe(
      'already-exists',
    );
  });

  it('find a link spent once it has expired or a newer one was made, and no link is stored as it is', async () => {
    const first = linkMade.parse((await invite({ name: 'Ben', email: 'ben@cinch.local', role: 'auditor' })).json());
    const second = await linkFor(first.user);
    expect([(await look(first.token)).status, (await look(second.token)).status]).toEqual([410, 200]);
    const stored = await sql('select * from account_link', []);
    expect(JSON.stringify(stored)).not.toContain(second.token);
    await sql(`update account_link set expires_at = now() - interval '1 second' where user_id = $1`, [
      first.user.userId,
    ]);
    expect([(await use(second.token)).status, (await one('ben@cinch.local')).linkExpiresAt]).toEqual([410, null]);
  });

  it('choose another password by a link of an admin, which ends their sessions when it is used', async () => {
    const cleo = await aPerson(hub, 'steward', 'Cleo');
    const { purpose, token } = await linkFor(cleo);
    expect([purpose, await isIn(cleo)]).toEqual(['reset', true]);
    await use(token, anotherPassword);
    expect(await isIn(cleo)).toBe(false);
    await expect(logIn(hub, cleo.email, testPassword)).rejects.toThrow(/cannot log in/);
    await logIn(hub, cleo.email, anotherPassword);
  });

  it('change their own password, which ends their other sessions', async () => {
    const dora = await aPerson(hub, 'auditor', 'Dora');
    const elsewhere = await logIn(hub, dora.email, testPassword);
    const change = (current: string) =>
      dora.call('PUT', '/api/v1/account/password', { current, next: anotherPassword });
    expect((await change('not-the-password')).problem().code).toBe('wrong-password');
    expect((await change(testPassword)).status).toBe(204);
    expect(await isIn(dora)).toBe(true);
    expect((await asPerson(hub, elsewhere, 'GET', '/api/v1/session')).status).toBe(401);
    await logIn(hub, dora.email, anotherPassword);
  });

  it('see where they are logged in, and end it', async () => {
    const eve = await aPerson(hub, 'steward', 'Eve');
    const other = await aPerson(hub, 'steward', 'Other');
    await logIn(hub, eve.email, testPassword);
    const third = await logIn(hub, eve.email, testPassword);
    const sessions = '/api/v1/account/sessions';
    const listed = async () =>
      (await eve.call('GET', sessions)).json<{ sessions: { sessionId: string; isThis: boolean }[] }>().sessions;
    const before = await listed();
    expect(before.map(({ isThis }) => isThis)).toEqual([false, false, true]);
    expect((await other.call('DELETE', `${sessions}/${before[0]!.sessionId}`)).status).toBe(404);
    expect((await eve.call('DELETE', `${sessions}/${before[0]!.sessionId}`)).status).toBe(204);
    expect((await asPerson(hub, third, 'GET', '/api/v1/session')).status).toBe(401);
    expect((await eve.call('DELETE', sessions)).status).toBe(204);
    expect((await listed()).map(({ isThis }) => isThis)).toEqual([true]);
  });

  it('are out at once when they are disabled, and in again when enabled', async () => {
    const finn = await aPerson(hub, 'steward', 'Finn');
    const act = async (name: string) => (await hub.asAdmin('POST', `${users}/${finn.userId}/${name}`)).json<User>();
    expect([(await act('disable')).state, await isIn(finn)]).toEqual(['disabled', false]);
    await expect(logIn(hub, finn.email, testPassword)).rejects.toThrow(/cannot log in/);
    expect((await hub.asAdmin('POST', `${users}/${finn.userId}/link`)).problem().code).toBe('not-possible');
    expect(await sql('select 1 from login_session where "userId" = $1', [finn.userId])).toEqual([]);
    expect((await act('enable')).state).toBe('active');
    await logIn(hub, finn.email, testPassword);
  });

  it('may do what their role says from the moment it was given', async () => {
    const gil = await aPerson(hub, 'auditor', 'Gil');
    const asked = async () => (await gil.call('GET', users)).status;
    expect(await asked()).toBe(200);
    const changed = await hub.asAdmin('PUT', `${users}/${gil.userId}/role`, { role: 'steward' });
    expect([changed.json<User>().role, await asked()]).toEqual(['steward', 403]);
  });

  it('are logged out when the session has lived its time', async () => {
    const hal = await aPerson(hub, 'steward', 'Hal');
    await sql(`update login_session set "expiresAt" = now() - interval '1 second' where "userId" = $1`, [hal.userId]);
    expect(await isIn(hal)).toBe(false);
  });

  it('always have an admin among them who can log in', async () => {
    const first = await one('admin@cinch.local');
    await invite({ name: 'Ida', email: 'ida@cinch.local', role: 'admin' });
    const attempts = () => [
      hub.asAdmin('PUT', `${users}/${first.userId}/role`, { role: 'steward' }),
      hub.asAdmin('POST', `${users}/${first.userId}/disable`),
      hub.asAdmin('DELETE', `${users}/${first.userId}`),
    ];
    for (const answer of await Promise.all(attempts()))
      expect([answer.status, answer.problem().code]).toEqual([409, 'last-admin']);
    const jack = await aPerson(hub, 'admin', 'Jack');
    const both = await Promise.all(
      [first, jack].map(({ userId }) => hub.asAdmin('PUT', `${users}/${userId}/role`, { role: 'steward' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const admins = (await all()).filter(({ role, state }) => role === 'admin' && state === 'active');
    expect(admins).toHaveLength(1);
  });

  it('leave a trace of all that was done about them, also when they are gone', async () => {
    const kim = await aPerson(hub, 'steward', 'Kim');
    expect((await hub.asAdmin('DELETE', `${users}/${kim.userId}`)).status).toBe(204);
    expect(await isIn(kim)).toBe(false);
    const { entries } = auditPage.parse((await hub.asAdmin('POST', '/api/v1/audit/search', { search: 'KIM@' })).json());
    expect(entries.map(({ actor, act }) => [actor, act])).toEqual([
      ['admin token', 'removed'],
      [kim.email, 'logged in'],
      [kim.email, 'invitation taken'],
      ['admin token', 'invited as steward'],
    ]);
  });

  it('marks the cookie Secure when the call came over TLS', async () => {
    const { email } = await aPerson(hub, 'steward', 'Lea');
    const headers = { 'x-forwarded-proto': 'https' };
    const answer = await hub.call('POST', '/api/v1/session', { headers, body: { email, password: testPassword } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });
});
