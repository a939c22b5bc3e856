import { bytePace, paces, shares, type AuditPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson } from '../../../test/people.ts';
import { RawCall } from '../../../test/raw-call.ts';
import { Shares } from './shares.ts';

class SetClock extends Clock {
  ms = 1_000_000;
  ranMs = 0;
  override now(): number {
    return this.ms;
  }
  override ran(): number {
    return this.ranMs;
  }
}

describe('what callers share', () => {
  const names = Object.keys(shares) as (keyof typeof shares)[];

  it.each(names)('%s: one caller has at most half, and others their part', (name) => {
    const { each, all } = shares[name];
    expect(each * 2).toBeLessThanOrEqual(all);
    const own = new Shares(new SetClock());
    for (let n = 0; n < each; n += 1000) own.take(name, 'greedy', Math.min(1000, each - n));
    expect(() => own.take(name, 'greedy')).toThrow(expect.objectContaining({ retryAfterS: expect.any(Number) }));
    own.take(name, 'modest', each);
  });

  it.each(names)('%s: two who take all they can do not take all there is', (name) => {
    const { each, all } = shares[name];
    const own = new Shares(new SetClock());
    const step = Math.ceil(each / 1_000);
    for (const caller of ['one', 'two'])
      expect(() => {
        for (;;) own.take(name, caller, step);
      }).toThrow(expect.objectContaining({ retryAfterS: expect.any(Number) }));
    own.take(name, 'third', Math.max(1, Math.min(each, all / 4 - step)));
  });

  it('is given back once, by whoever gives it back twice too', () => {
    const own = new Shares(new SetClock());
    const give = own.take('exports', 'a');
    own.take('exports', 'a');
    give();
    give();
    own.take('exports', 'a');
    expect(() => own.take('exports', 'a')).toThrow('exports-busy');
  });

  it('lets a pace go on by the second, and a clock that is set gives nothing', () => {
    const clock = new SetClock();
    const own = new Shares(clock);
    const ask = () => own.spend('match', 'shop');
    for (let n = 0; n < paces.match.burst; n += 1) ask();
    expect(ask).toThrow('too-often');
    for (const ms of [-60_000, 3_600_000]) {
      clock.ms += ms;
      expect(ask).toThrow('too-often');
    }
    clock.ranMs += 1_000;
    for (let n = 0; n < paces.match.perSecond; n += 1) ask();
    expect(ask).toThrow('too-often');
    own.spend('match', 'depot');
  });

  it('lets the bytes of one caller’s large bodies come at its pace, however many it sends at once, and nobody else waits', () => {
    const clock = new SetClock();
    const own = new Shares(clock);
    const piece = 64 * 1024;
    for (let bytes = 0; bytes < bytePace.burst; bytes += piece) expect(own.delayOf('flood', piece)).toBe(0);
    const eachMs = (piece * 1_000) / bytePace.perSecond;
    const together = Array.from({ length: 8 }, () => own.delayOf('flood', piece));
    expect(together).toEqual(together.map((_, n) => expect.closeTo((n + 1) * eachMs, 6)));
    expect(own.delayOf('shop', piece)).toBe(0);
    clock.ranMs += 8 * eachMs + 60_000;
    expect(own.delayOf('flood', bytePace.burst)).toBe(0);
    expect(own.delayOf('flood', piece)).toBeGreaterThan(0);
  });
});

describe('shares of a hub', () => {
  let hub: ListeningHub;
  let key: string;
  const lines = 30_000;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    key = await hub.aSystem('shop');
    // As the hub would have them; pushed and worked out one by one they would take a minute.
    await hub.hub.app.get(Database).transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(
        `insert into customer (customer_id, founder_record) overriding system value
         select 1000000 + n, 1000000 + n from generate_series(1, ${lines}) n`,
      );
      await tx.query(
        `insert into source_record (record_id, system_id, source_key, customer_id, origin, state, kind, known) overriding system value
         select 1000000 + n, (select system_id from system), repeat('k', 400) || n, 1000000 + n, 'push', 'live', 'person', '{}'
         from generate_series(1, ${lines}) n`,
      );
    });
  });
  afterAll(() => hub?.close());

  const openTransactions = async () => {
    const [row] = await hub.hub.app.get(Database).read((tx) =>
      tx.query<{ n: number }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and xact_start is not null and backend_type = 'client backend'`,
      ),
    );
    return row!.n;
  };
  const crosswalk = (token: string) => hub.call('GET', '/api/v1/crosswalk', { token });

  it('answers others at once while twelve readers of the crosswalk read nothing, and tells the rest when to come', async () => {
    const open = await Promise.all(
      Array.from({ length: 12 }, () =>
        RawCall.begin(hub.url, 'GET /api/v1/crosswalk', { authorization: `Bearer ${ListeningHub.adminToken}` }),
      ),
    );
    const statuses = await Promise.all(
      open.map(async (call) => {
        const { status } = await call.answer();
        call.stall();
        return status;
      }),
    );
    expect(statuses.sort()).toEqual([200, 200, ...Array.from({ length: 10 }, () => 429)]);
    await expect.poll(openTransactions).toBe(0);
    const auditor = await aPerson(hub, 'auditor');
    const whole = await auditor.call('GET', '/api/v1/crosswalk');
    expect([whole.status, whole.text.trim().split('\n').length]).toEqual([200, lines]);
    const refused = await crosswalk(ListeningHub.adminToken);
    expect([refused.problem().code, refused.headers.get('retry-after')]).toEqual(['exports-busy', '10']);
    for (const call of open) call.close();
    await expect.poll(async () => (await crosswalk(ListeningHub.adminToken)).status).toBe(200);
  });

  it('answers a key that asks who everybody is 429 with a time, and notes in the audit how often it asked', async () => {
    const ask = () =>
      hub.call('POST', '/api/v1/systems/shop/match', {
        token: key,
        body: { data: { id: '1', given: 'Ann', family: 'Nobody' } },
      });
    const answers = await Promise.all(Array.from({ length: 120 }, ask));
    const statuses = answers.map(({ status }) => status);
    const taken = statuses.filter((status) => status === 200 || status === 400).length;
    expect(taken).toBeGreaterThanOrEqual(paces.match.burst);
    expect(taken).toBeLessThan(paces.match.burst + 5 * paces.match.perSecond);
    const refused = answers.find(({ status }) => status === 429)!;
    expect([refused.problem().code, refused.headers.get('retry-after')]).toEqual(['too-often', '1']);
    const found = await hub.asAdmin('POST', '/api/v1/audit/search', { actor: 'system shop' });
    const { entries } = found.json<AuditPage>();
    expect(entries.map(({ act }) => act)).toContain('asked who somebody is');
  });
});
