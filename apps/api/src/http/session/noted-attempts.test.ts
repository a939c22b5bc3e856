import { auditPage, passwordTurns } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson } from '../../../test/people.ts';
import { NotedAttempts } from './noted-attempts.ts';

describe('log-ins that came to nothing', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());

  const logIn = (email: string, password = 'not-the-password') =>
    hub.call('POST', '/api/v1/session', { body: { email, password } });
  const noted = async (search: string) => {
    const answer = await hub.asAdmin('POST', '/api/v1/audit/search', { search });
    return auditPage.parse(answer.json()).entries.map(({ actor, act, subject }) => [actor, act, subject].join(' | '));
  };

  it('tell whose account was tried, and when somebody has logged out', async () => {
    const { email, call } = await aPerson(hub, 'steward', 'Tess');
    expect((await logIn(email.toUpperCase())).status).toBe(401);
    await call('DELETE', '/api/v1/session');
    await call('DELETE', '/api/v1/session');
    expect(await noted(email)).toEqual([
      `${email} | logged out | ${email}`,
      `nobody | log-in failed | ${email}`,
      `${email} | logged in | ${email}`,
      `${email} | invitation taken | ${email}`,
      `admin token | invited as steward | ${email}`,
    ]);
  });

  it('tell nothing of what was typed, and do not fill the log', async () => {
    const typed = ['my secret password', 'Customer.Name@example.com', "x' or 1=1", 'admin@cinch.locaI', '+12025550177'];
    for (const text of typed) expect((await logIn(text)).status).toBe(401);
    const each = 'nobody | log-in failed | unknown name';
    expect(await noted('log-in failed')).toEqual([each, each, each, 'nobody | log-in failed | tess@cinch.local']);
    await hub.hub.app.get(NotedAttempts).endAll();
    expect((await noted('more times'))[0]).toBe('nobody | log-in failed (2 more times) | unknown name');
    const { text } = await hub.asAdmin('GET', '/api/v1/audit?limit=200');
    for (const one of typed) expect(text.toLowerCase()).not.toContain(one.toLowerCase());
  });

  it('tell of an account that so many try that some are not even looked at', async () => {
    const email = 'admin@cinch.local';
    const answers = await Promise.all(Array.from({ length: 2 * passwordTurns.waitingEach }, () => logIn(email)));
    const refused = answers.filter(({ status }) => status === 429).map((answer) => answer.problem());
    expect(refused[0]).toMatchObject({ code: 'too-many-attempts', detail: expect.stringMatching(/again in a second/) });
    expect(await noted('too many attempts')).toContain(
      'nobody | log-in refused after too many attempts | admin@cinch.local',
    );
  });
});
