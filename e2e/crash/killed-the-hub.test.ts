import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type {} from '../../scripts/test-postgres.ts';
import { freePort } from '../../scripts/ports.ts';
import { createTestDatabase, type TestDatabase } from '../../scripts/test-database.ts';
import { until } from '../stack/until.ts';
import { HubProcess, type HubSettings } from './hub-process.ts';
import { look, misplaced, register } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';
import { SteadySystem } from './steady-system.ts';

const limitMs = 120_000;
const adminToken = 'only-for-this-test';
const dataDir = mkdtempSync(join(tmpdir(), 'cinch-killer-'));
let database: TestDatabase;
let settings: HubSettings;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'));
  settings = { role: 'all', port: await freePort(), databaseUrl: database.url, dataDir, adminToken };
});
afterAll(async () => {
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = <Row extends object>(sql: string) => look<Row & Record<string, unknown>>(database.url, sql);

/** Whoever works on this record is held there, until somebody kills it. */
const deadly = `
  create function hold() returns trigger language plpgsql as $$ begin
    if new.source_key = 'killer' then perform pg_sleep(3600); end if;
    return new;
  end $$;
  create trigger hold before insert on source_record for each row execute function hold()`;
const held = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;

test(
  'a record that ends the process three times stands in the error log while its neighbours are golden',
  async () => {
    let hub = HubProcess.start(settings);
    await hub.ready();
    const client = new PersistentClient(`http://127.0.0.1:${settings.port}`, limitMs);
    const key = await register(client, adminToken, { code: 'north' });
    await ask(deadly);
    const lines = ['1', '2', 'killer', '4'].map((id) => ({ id, data: { id, given: 'Ann', family: `Brook ${id}` } }));
    expect((await client.call('POST', '/systems/north/records', key, lines, 'once')).status).toBe(202);

    let deaths = 0;
    const isOver = async () => (await misplaced(database.url)).length === 0;
    for (; deaths < 6; deaths += 1) {
      const now = async () => ((await isOver()) ? 'over' : (await ask<object>(held)).length > 0 ? 'held' : null);
      if ((await until('the record is tried, or put aside', now, Boolean, limitMs)) === 'over') break;
      await hub.kill();
      // The server would sleep on for a client that is gone.
      await ask(`select pg_terminate_backend(pid) from (${held}) as h`);
      hub = HubProcess.start(settings);
      await hub.ready();
    }
    await hub.kill();

    expect(deaths).toBe(3);
    expect(await ask(`select source_key as key from source_record where customer_id is not null order by 1`)).toEqual([
      { key: '1' },
      { key: '2' },
      { key: '4' },
    ]);
    expect(await ask('select code, source_key as key, line from error_entry where resolved_at is null')).toEqual([
      { code: 'killed-the-hub', key: 'killer', line: 3 },
    ]);
  },
  limitMs,
);

test(
  'a row in the list of a target that ends the process three times fails the refresh of that system, and the other one closes',
  async () => {
    let hub = HubProcess.start(settings);
    await hub.ready();
    const client = new PersistentClient(`http://127.0.0.1:${settings.port}`, limitMs);
    const targets = [await SteadySystem.open('west'), await SteadySystem.open('east')];
    for (const [index, code] of ['west', 'east'].entries())
      await register(client, adminToken, { code, adapter: targets[index]! });
    const row = { key: 'killer', version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null };
    targets[0]!.trouble = (request, response) => {
      if (!request.url?.startsWith('/mdm/customers')) return false;
      const data = { id: 'killer', given: 'Ann', family: 'Brook' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ rows: [{ ...row, data }], nextCursor: null }));
      return true;
    };
    await ask(
      `delete from error_entry; drop trigger if exists hold on source_record; drop function if exists hold; ${deadly}`,
    );
    const start = async (system: string) => {
      const { body } = await client.call('POST', '/refreshes', adminToken, { system, mode: 'full' });
      return (body as { runId: number }).runId;
    };
    const runs = [await start('west'), await start('east')];
    const phases = async () =>
      (
        await ask<{ phase: string }>(`select phase from refresh_run where run_id in (${runs.join()}) order by run_id`)
      ).map(({ phase }) => phase);
    let deaths = 0;
    for (; deaths < 8; deaths += 1) {
      const now = async () => {
        if ((await ask<object>(held)).length > 0) return 'held';
        return (await phases())[0] === 'failed' ? 'over' : null;
      };
      if ((await until('the run is tried, or has failed', now, Boolean, limitMs)) === 'over') break;
      await hub.kill();
      await ask(`select pg_terminate_backend(pid) from (${held}) as h`);
      hub = HubProcess.start(settings);
      await hub.ready();
    }
    await until('the other one has closed', phases, ([, east]) => east === 'closed', limitMs);
    const [run] = await ask<{ failure: string }>(`select failure from refresh_run where run_id = ${runs[0]}`);
    await hub.kill();
    for (const target of targets) await target.close();

    expect(deaths).toBe(3);
    expect(run!.failure).toMatch(/^The hub died 2 times while it worked on this run/);
    expect(await ask(`select 1 from error_entry`)).toEqual([]);
  },
  limitMs,
);
