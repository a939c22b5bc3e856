import { sessionEnds, unattendedHeader } from '@cinch/api-contract';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson } from '../../../test/people.ts';
import { Clock } from '../../platform/clock.ts';
import { ClockKeeper } from '../../platform/clock-keeper.ts';
import { Database } from '../../platform/transaction.ts';
import { Troubles } from '../../platform/troubles.ts';

const hourMs = 3_600_000;
const session = '/api/v1/session';

describe('what ends by itself', () => {
  let hub: ListeningHub;
  beforeEach(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await hub?.close();
  });

  /** As if the clock were set so far from where it is; the one that nobody can set goes on as ever. */
  const setClock = (byMs: number, on = hub) => {
    const [set, began] = [Date.now() + byMs, performance.now()];
    vi.spyOn(on.hub.app.get(Clock), 'now').mockImplementation(() => set + performance.now() - began);
  };
  const statusOf = async (cookie: string, headers = {}) =>
    (await hub.call('GET', session, { headers: { cookie, ...headers } })).status;

  it('a session that nobody uses ends after 12 hours, and one that is used after seven days', async () => {
    const { cookie } = await aPerson(hub, 'steward', 'Ida');
    for (let hours = 11; hours < sessionEnds.longestMs / hourMs; hours += 11) {
      setClock(hours * hourMs);
      expect(await statusOf(cookie), `after ${hours} hours`).toBe(200);
    }
    setClock(sessionEnds.longestMs + 1);
    expect(await statusOf(cookie)).toBe(401);
    const { cookie: idle } = await aPerson(hub, 'steward', 'Ivo');
    setClock(sessionEnds.longestMs + sessionEnds.idleMs + hourMs);
    expect(await statusOf(idle)).toBe(401);
  });

  it('a console that nobody touches does not keep its session in use', async () => {
    const { cookie } = await aPerson(hub, 'steward', 'Una');
    for (const hours of [4, 8, 11]) {
      setClock(hours * hourMs);
      expect(await statusOf(cookie, { [unattendedHeader]: '1' })).toBe(200);
    }
    setClock(13 * hourMs);
    expect(await statusOf(cookie)).toBe(401);
  });

  it('sessions, links and keys that have ended stay ended when the clock is set back, and people can log in', async () => {
    const { cookie } = await aPerson(hub, 'steward', 'Bo');
    await hub.aSystem('shop');
    const expiresAt = new Date(Date.now() + hourMs).toISOString();
    const made = await hub.asAdmin('POST', '/api/v1/systems/shop/keys', { expiresAt });
    const { key } = made.json<{ key: string }>();
    const asKey = async () => (await hub.call('GET', '/api/v1/status', { token: key })).status;
    expect(await asKey()).toBe(200);
    setClock(13 * hourMs);
    expect([await statusOf(cookie), await asKey()]).toEqual([401, 401]);
    setClock(-48 * hourMs);
    expect([await statusOf(cookie), await asKey()]).toEqual([401, 401]);
    await hub.hub.app.get(ClockKeeper).keep();
    expect(hub.hub.app.get(Troubles).list()).toMatchObject([{ code: 'clock-jumped' }]);
    expect(await statusOf((await aPerson(hub, 'steward', 'Cy')).cookie)).toBe(200);
    setClock(14 * hourMs);
    await hub.hub.app.get(ClockKeeper).keep();
    expect(hub.hub.app.get(Troubles).list()).toEqual([]);
  });

  it('a hub that starts with the clock set back knows by the database what time it was', async () => {
    const { cookie } = await aPerson(hub, 'steward', 'Di');
    setClock(13 * hourMs);
    await hub.hub.app.get(ClockKeeper).keep();
    const again = new Clock();
    vi.spyOn(hub.hub.app.get(Clock), 'now').mockImplementation(() => Date.now() - 48 * hourMs);
    const keeper = new ClockKeeper(again, hub.hub.app.get(Database), hub.hub.app.get(Troubles));
    await keeper.keep();
    expect(again.neverBack()).toBeGreaterThan(Date.now() + 12 * hourMs);
    expect(await statusOf(cookie)).toBe(401);
  });

  it('a key that was revoked elsewhere ends within ten seconds, however the clock is set', async () => {
    const key = await hub.aSystem('shop');
    const asKey = async () => (await hub.call('GET', '/api/v1/status', { token: key })).status;
    expect(await asKey()).toBe(200);
    await hub.hub.app.get(Database).transaction((tx) => tx.query('update system_key set revoked_at = now()'));
    setClock(-24 * hourMs);
    const ran = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => ran() + 11_000);
    expect(await asKey()).toBe(401);
  });
});
