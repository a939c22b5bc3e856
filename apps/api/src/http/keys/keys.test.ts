import { keyMade, systemKeyList } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';

describe('keys of a system', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'shop', name: 'Shop' });
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'depot', name: 'Depot' });
  });
  afterAll(() => hub?.close());

  const path = (system = 'shop') => `/api/v1/systems/${system}/keys`;
  const listed = async (system?: string) => systemKeyList.parse((await hub.asAdmin('GET', path(system))).json()).keys;
  const make = async (body?: object, system?: string) =>
    keyMade.parse((await hub.asAdmin('POST', path(system), body)).json());
  const revoke = (keyId: number, system?: string) => hub.asAdmin('POST', `${path(system)}/${keyId}/revoke`);
  const works = async (key: string) => (await hub.call('GET', '/api/v1/status', { token: key })).status === 200;

  it('change over without a gap: two live at once, a third only when one is revoked', async () => {
    const old = await make({ name: 'till September' });
    const next = await make();
    expect([await works(old.key), await works(next.key)]).toEqual([true, true]);
    const third = await hub.asAdmin('POST', path());
    expect([third.status, third.problem().code]).toEqual([409, 'too-many-keys']);
    expect((await revoke(old.keyId)).status).toBe(200);
    expect([await works(old.key), await works(next.key)]).toEqual([false, true]);
    expect((await revoke(old.keyId)).status).toBe(404);
    await make();
    expect((await listed()).map(({ state, name }) => [state, name])).toEqual([
      ['live', ''],
      ['live', ''],
      ['revoked', 'till September'],
    ]);
  });

  it('are refused a third also when it is asked for in the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => hub.asAdmin('POST', path('depot'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    for (const { keyId } of await listed('depot')) await revoke(keyId, 'depot');
  });

  it('are no business of another system', async () => {
    const { keyId } = await make({}, 'depot');
    expect((await revoke(keyId, 'shop')).status).toBe(404);
    await revoke(keyId, 'depot');
  });

  it('expire, and then no longer count', async () => {
    const past = await hub.asAdmin('POST', path('depot'), { expiresAt: '2020-01-01T00:00:00Z' });
    expect(past.problem().code).toBe('invalid-request');
    const expiresAt = new Date(hub.hub.app.get(Clock).now() + 3_600_000).toISOString();
    const { key, keyId } = await make({ expiresAt }, 'depot');
    expect((await listed('depot')).find((one) => one.keyId === keyId)).toMatchObject({ state: 'live', expiresAt });
    const database = hub.hub.app.get(Database);
    await database.transaction((tx) =>
      tx.query(`update system_key set expires_at = now() - interval '1 second' where key_id = $1`, [keyId]),
    );
    expect(await works(key)).toBe(false);
    expect((await listed('depot')).find((one) => one.keyId === keyId)!.state).toBe('expired');
    await make({}, 'depot');
    await make({}, 'depot');
  });

  it('say when they were last used, and are shown whole only once', async () => {
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'third', name: 'Third' });
    const { key, keyId } = await make({ name: 'nightly' }, 'third');
    expect((await listed('third'))[0]!.lastUsedAt).toBeNull();
    const before = Date.now();
    expect(await works(key)).toBe(true);
    const answer = await hub.asAdmin('GET', path('third'));
    const [shown] = systemKeyList.parse(answer.json()).keys;
    expect(shown!.keyId).toBe(keyId);
    expect(Date.parse(shown!.lastUsedAt!)).toBeGreaterThanOrEqual(before);
    expect(answer.text).not.toContain(key.slice(-30));
  });
});
