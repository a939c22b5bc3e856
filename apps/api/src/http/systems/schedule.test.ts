import type { AuditPage, RefreshRun, System } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';
import { Schedules } from '../../pipeline/schedules.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';

describe('refreshes that start by themselves', () => {
  let hub: ListeningHub;
  let now = Date.parse('2026-03-27T12:00:00Z');
  beforeAll(async () => {
    // Nobody is on duty: the test looks at the clock itself, and runs stay where they were started.
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    hub.hub.app.get(Clock).now = () => now;
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'shop', name: 'Shop', adapterUrl: 'http://127.0.0.1:9/' });
  });
  afterAll(() => hub?.close());

  const put = (schedule: unknown) => hub.asAdmin('PUT', '/api/v1/systems/shop/schedule', schedule);
  const shop = async () => (await hub.asAdmin('GET', '/api/v1/systems')).json<{ systems: System[] }>().systems[0]!;
  const runs = async () => (await hub.asAdmin('GET', '/api/v1/refreshes')).json<{ runs: RefreshRun[] }>().runs;
  const startDue = () => hub.hub.app.get(Schedules).startDue();
  const sql = (text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query(text));
  const at = (instant: string) => (now = Date.parse(instant));
  const lastAct = async () => (await hub.asAdmin('GET', '/api/v1/audit')).json<AuditPage>().entries[0]!;

  it('takes a schedule by the clocks of a named zone, and refuses what is none', async () => {
    expect((await shop()).schedule).toEqual({ every: 'never', applies: false });
    for (const bad of [
      { every: 'day', at: '24:00', zone: 'UTC' },
      { every: 'day', at: '02:30', zone: 'Mars/Base' },
      { every: 'hours', hours: 0 },
      { every: 'week', day: 'someday', at: '02:30', zone: 'UTC' },
      { every: 'year' },
    ])
      expect((await put(bad)).problem().code, JSON.stringify(bad)).toBe('invalid-request');
    const set = (await put({ every: 'day', at: '02:30', zone: 'Europe/Berlin' })).json<System>();
    expect([set.nextRunAt, set.schedule.applies]).toEqual(['2026-03-28T01:30:00.000Z', false]);
    expect((await lastAct()).act).toMatch(/^schedule \{"every":"day"/);
  });

  it('says why nothing was started where nothing could be, and goes on to the next day', async () => {
    expect(await startDue(), 'before it is due').toBe(false);
    at('2026-03-28T01:30:00Z');
    expect(await startDue()).toBe(true);
    const { lastScheduled, nextRunAt } = await shop();
    expect(lastScheduled).toMatchObject({ dueAt: '2026-03-28T01:30:00.000Z', runId: null });
    expect(lastScheduled!.skipped).toContain('Publish a mapping');
    expect(nextRunAt, 'on the day that clocks go forward').toBe('2026-03-29T01:30:00.000Z');
    expect(await lastAct()).toMatchObject({ actor: 'schedule', act: 'refresh left out: mapping-missing' });
  });

  it('starts one run at its time, also when several look, and also when days were missed', async () => {
    await hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document: aMapping('shop') });
    at('2026-04-02T09:00:00Z');
    await Promise.all([startDue(), startDue(), startDue()]);
    expect(await startDue()).toBe(false);
    const started = await runs();
    expect(started).toMatchObject([{ mode: 'plan', phase: 'hear', startedBy: 'schedule' }]);
    const { lastScheduled, nextRunAt } = await shop();
    expect(lastScheduled).toMatchObject({ runId: started[0]!.runId, skipped: null });
    expect(nextRunAt).toBe('2026-04-03T00:30:00.000Z');
    expect(await lastAct()).toMatchObject({ actor: 'schedule', act: 'refresh started (plan)' });
  });

  it('lets a run that is under way go on, and is then left out', async () => {
    at('2026-04-03T00:30:00Z');
    await startDue();
    expect((await shop()).lastScheduled!.skipped).toContain('is open');
    expect(await runs()).toHaveLength(1);
  });

  it('puts a plan of today in the place of one that nobody has looked at, but not of one that the brake holds', async () => {
    await sql(`update refresh_run set phase = 'planned'`);
    at('2026-04-04T00:30:00Z');
    await startDue();
    expect((await runs()).map(({ phase }) => phase)).toEqual(['hear', 'cancelled']);
    await sql(`update refresh_run set phase = 'planned', brake = '[{"code":"empty-input","count":1,"of":1,"limit":0}]'
               where phase = 'hear'`);
    at('2026-04-05T00:30:00Z');
    await startDue();
    expect((await runs()).map(({ phase }) => phase)).toEqual(['planned', 'cancelled']);
    await sql(`update refresh_run set phase = 'cancelled'`);
  });

  it('applies only where that was asked for, the system is armed and the hub sends', async () => {
    const modes: string[] = [];
    const next = async () => {
      now = Date.parse((await shop()).nextRunAt!);
      await startDue();
      modes.push((await runs())[0]!.mode);
      await sql(`update refresh_run set phase = 'cancelled'`);
    };
    await put({ every: 'hours', hours: 6, applies: true });
    await next();
    await sql(`update system set outbound = 'armed'`);
    await next();
    await hub.asAdmin('PUT', '/api/v1/outbound', { outbound: 'paused', reason: 'Shop is moved to another house' });
    await next();
    expect(modes).toEqual(['plan', 'full', 'plan']);
  });

  it('starts nothing any more once the schedule is taken away', async () => {
    const gone = (await put({ every: 'never' })).json<System>();
    expect([gone.nextRunAt, gone.schedule]).toEqual([null, { every: 'never', applies: false }]);
    now += 30 * 24 * 60 * 60_000;
    expect(await startDue()).toBe(false);
  });
});
