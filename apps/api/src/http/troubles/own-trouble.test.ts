import { auditPage, status } from '@cinch/api-contract';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { LateNotes } from '../session/late-notes.ts';

/** What Postgres says while each of these lasts; a trigger says it here, where a row would be written. */
const troubles = [
  ['the disk is full', '53100', 'disk-full'],
  ['the server has run out of memory', '53200', 'database-busy'],
  ['a statement takes too long', '57014', 'database-busy'],
  ['the server shuts down', '57P01', 'database-away'],
  ['the server was made read only', '25006', 'database-read-only'],
] as const;

describe('trouble of the database', () => {
  let hub: ListeningHub;
  let database: Client;
  let key: string;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    database = new Client({ connectionString: hub.databaseUrl });
    await database.connect();
    key = await hub.aSystem('shop');
  });
  afterAll(async () => {
    await database?.end();
    await hub?.close();
  });
  beforeEach(() => heal());

  const tables = ['inbox_batch', 'audit', 'login_session'];
  const ail = async (state: string) => {
    await database.query(
      `create or replace function ail() returns trigger language plpgsql as
       $$ begin raise exception 'could not extend file' using errcode = '${state}'; end $$`,
    );
    for (const table of tables)
      await database.query(`create or replace trigger ail before insert on ${table} execute function ail()`);
  };
  const heal = async () => {
    for (const table of tables) await database.query(`drop trigger if exists ail on ${table}`);
  };
  const push = (id: string) =>
    hub.call('POST', '/api/v1/systems/shop/records', {
      token: key,
      body: [{ id, data: { given: 'Jo', family: 'Doe' } }],
    });

  it.each(troubles)('answers pushes and acts 503 and when to come back while %s (%s)', async (_, state, code) => {
    await ail(state);
    for (const answer of [
      await push(`lost-${state}`),
      await hub.asAdmin('POST', '/api/v1/systems', { code: `s${state.toLowerCase()}`, name: 'S' }),
      await hub.asAdmin('PUT', '/api/v1/outbound', { outbound: 'paused', reason: 'a test of trouble' }),
    ]) {
      expect([answer.status, answer.problem().code]).toEqual([503, code]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.problem().detail).toMatch(/Nothing of this call was done/);
    }
    expect(status.parse((await hub.asAdmin('GET', '/api/v1/status')).json()).troubles).toContainEqual(
      expect.objectContaining({ code }),
    );
    await heal();
    expect((await push(`kept-${state}`)).status).toBe(202);
    const { entries } = auditPage.parse((await hub.asAdmin('GET', '/api/v1/audit')).json());
    expect(entries.filter(({ act }) => act.startsWith('outbound'))).toEqual([]);
  });

  it.each(['inbox_chunk', 'system'])(
    'is not ready while somebody else holds %s, and is again once it is let go',
    async (table) => {
      const ready = async () => (await hub.call('GET', '/readyz')).status;
      await database.query('begin');
      await database.query(`lock table ${table} in access exclusive mode`);
      await expect.poll(ready, { timeout: 5_000 }).toBe(503);
      await database.query('rollback');
      await expect.poll(ready, { timeout: 5_000 }).toBe(200);
    },
  );

  it('lets an admin log in while the disk is full, reads, and notes it once there is room', async () => {
    await ail('53100');
    const logIn = (password: string) =>
      hub.call('POST', '/api/v1/session', { body: { email: 'admin@cinch.local', password } });
    expect((await logIn('not the password')).status).toBe(401);
    const answer = await logIn(ListeningHub.password);
    expect(answer.status).toBe(200);
    const cookie = answer.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const asked = (path: string, headers = { cookie }) => hub.call('GET', `/api/v1/${path}`, { headers });
    const { troubles: told } = status.parse((await asked('status')).json());
    expect(told.map(({ code }) => code)).toContain('disk-full');
    expect((await asked('session')).json()).toMatchObject({ email: 'admin@cinch.local', role: 'admin' });
    expect((await asked('session', { cookie: cookie.replace(/(cinch\.rowless=.)./, '$1!') })).status).toBe(401);
    const act = { headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: { code: 'late', name: 'Late' } };
    expect((await hub.call('POST', '/api/v1/systems', act)).problem().code).toBe('disk-full');
    await heal();
    await hub.hub.app.get(LateNotes).again();
    const { entries } = auditPage.parse((await hub.asAdmin('GET', '/api/v1/audit?limit=2')).json());
    expect(entries.map((entry) => [entry.act, entry.address])).toEqual([
      ['logged in', '127.0.0.1'],
      ['log-in failed', '127.0.0.1'],
    ]);
    const next = 'another quiet lake';
    const change = { current: ListeningHub.password, next };
    expect(
      (await hub.call('PUT', '/api/v1/account/password', { ...act, body: change })).status,
      'also ends what stands in no table',
    ).toBe(204);
    expect((await asked('session')).status).toBe(401);
  });
});
