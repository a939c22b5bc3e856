import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outbound, refreshItemPage, refreshRun } from '@cinch/api-contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dumpHub } from '../../scripts/backup/dump.ts';
import { restoreHub } from '../../scripts/backup/load.ts';
import { compareState, inWords } from '../../scripts/compare-state/compare.ts';
import { createTestDatabase, type TestDatabase } from '../../scripts/test-database.ts';
import type {} from '../../scripts/test-postgres.ts';
import { drained, onDatabase } from '../stack/drained.ts';
import { hubApi, type HubApi } from '../stack/hub-api.ts';
import { sharedCustomers, type SharedCustomer } from '../stack/shared-customer.ts';
import { adiposePhone, bellyfatPhone, setAdiposePhone, setBellyfatPhone } from '../stack/system-api.ts';
import { newDataDir, startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

const codes = ['adipose', 'bellyfat'] as const;
const admin = { email: 'admin@cinch.test', password: 'otter velvet lantern 41', token: 'a-token-for-tests-only' };
const folder = mkdtempSync(join(tmpdir(), 'cinch-backup-'));
const file = join(folder, 'cinch.backup');
const dataDir = newDataDir();
const databases: TestDatabase[] = [];

let hubDatabase: TestDatabase;
let stack: ThrowawayStack;
let hub: HubApi;
let people: SharedCustomer[];

const start = async () => {
  stack = await startThrowawayStack({ dataDir, databaseUrl: hubDatabase.url, admin });
  hub = hubApi(stack);
};
const anEmptyDatabase = async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  databases.push(database);
  return database;
};
/** Every row of a system with its version, as its own database has it. */
const rowsOf = (url: string) =>
  onDatabase(url, async (client) => (await client.query('select * from customer order by 1')).rows as object[]);
const allRows = async () => [await rowsOf(stack.databaseUrls.adipose!), await rowsOf(stack.databaseUrls.bellyfat!)];

/** One refresh may bring news for the other system: until neither moves any more. */
async function refreshedUntilQuiet(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const runs = [await hub.refresh('adipose'), await hub.refresh('bellyfat')];
    expect(runs.map((run) => run.closing)).toEqual([
      expect.stringMatching(/^equal as of /),
      expect.stringMatching(/^equal as of /),
    ]);
    if (runs.every(({ counts }) => counts.heard + counts.applied === 0)) return;
  }
  throw new Error('The systems should become quiet within four rounds.');
}

beforeAll(async () => {
  hubDatabase = await anEmptyDatabase();
  await start();
  people = await sharedCustomers(hub, 4);
  await setAdiposePhone(stack.adiposeUrl, people[0]!.adiposeKey, '2025550100');
  await drained(stack, hub);
  await dumpHub(hubDatabase.url, file);
}, 120_000);
afterAll(async () => {
  const urls = stack && [stack.databaseUrls.adipose!, stack.databaseUrls.bellyfat!];
  await stack?.stop();
  for (const url of urls ?? []) {
    const name = pg.escapeIdentifier(new URL(url).pathname.slice(1));
    await onDatabase(inject('postgresUrl'), (client) => client.query(`drop database if exists ${name} with (force)`));
  }
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('brings back the state of the hub, all ids and places in it', async () => {
    const { url } = await anEmptyDatabase();
    const restored = await restoreHub(url, file);
    expect(restored.rows).toBeGreaterThan(1_000);
    const { differences, compared } = await compareState(hubDatabase.url, url);
    expect(differences.map(inWords)).toEqual([]);
    expect(compared['records']).toBeGreaterThan(300);
    const next = `select nextval(pg_get_serial_sequence('record_entry', 'entry_id')) > max(entry_id) as fresh from record_entry`;
    expect((await onDatabase(url, (client) => client.query(next))).rows).toEqual([{ fresh: true }]);
  });

  it('is refused by a database that holds anything, and changes nothing there', async () => {
    const { url } = await anEmptyDatabase();
    await onDatabase(url, (client) => client.query('create table mine (it int)'));
    await expect(restoreHub(url, file)).rejects.toThrow(/not empty: it has the table mine.*Nothing was changed/s);
    await expect(restoreHub(hubDatabase.url, file)).rejects.toThrow(/not empty/);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), /cut off/],
    ['changed on the way', (bytes: Buffer) => bytes.fill(7, bytes.length >> 1, (bytes.length >> 1) + 9), /damaged/],
    ['something else', () => Buffer.from('no backup at all'), /damaged, or is no backup/],
  ])('that is %s is refused before the database is touched', async (what, spoil, words) => {
    const spoilt = join(folder, `${what}.backup`);
    copyFileSync(file, spoilt);
    writeFileSync(spoilt, spoil(readFileSync(spoilt)));
    const { url } = await anEmptyDatabase();
    await expect(restoreHub(url, spoilt)).rejects.toThrow(words);
    const tables = `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace`;
    expect((await onDatabase(url, (client) => client.query(tables))).rows).toEqual([{ n: 0 }]);
  });
});

describe('a hub that was restored from an older backup', () => {
  const [fromAdipose, fromBellyfat, undelivered] = ['2025550111', '+12025550122', '2025550133'];
  let before: object[][];

  beforeAll(async () => {
    // What the backup does not know: changes that the hub has carried on since, and one that nobody has heard of yet.
    await setAdiposePhone(stack.adiposeUrl, people[1]!.adiposeKey, fromAdipose);
    await setBellyfatPhone(stack.bellyfatUrl, people[2]!.bellyfatKey, fromBellyfat);
    await drained(stack, hub);
    await refreshedUntilQuiet();
    await stack.stop({ keepData: true });
    await hubDatabase.drop();
    const name = new URL(hubDatabase.url).pathname.slice(1);
    await onDatabase(inject('postgresUrl'), (client) => client.query(`create database ${name} template template0`));
    await restoreHub(hubDatabase.url, file);
    await start();
    before = await allRows();
  }, 120_000);

  it('is paused, and says whom it must hear first', async () => {
    const shown = await hub.answer(outbound, '/outbound');
    expect(shown).toMatchObject({ outbound: 'paused', reason: 'restored from a backup', mustHear: [...codes] });
    expect(shown.restoredAt).not.toBeNull();
  });

  it('sends nothing: no refresh, no event, and is not let go before it has heard', async () => {
    const full = await hub.refused('POST', '/refreshes', { system: 'adipose', mode: 'full' });
    expect(full.code).toBe('outbound-paused');
    const go = await hub.refused('PUT', '/outbound', { outbound: 'on', reason: 'in a hurry' });
    expect([go.code, go.detail]).toEqual(['not-possible', expect.stringMatching(/adipose, bellyfat/)]);
    await hub.call('/systems/bellyfat/lane', { method: 'PUT', body: '{"lane":"on"}' });
    await setAdiposePhone(stack.adiposeUrl, people[3]!.adiposeKey, undelivered);
    await drained(stack, hub);
    expect(await bellyfatPhone(stack.bellyfatUrl, people[3]!.bellyfatKey)).not.toBe(`+1${undelivered}`);
  });

  it('hears both systems, shows its plan, and writes nothing of it', async () => {
    before = await allRows();
    for (const system of codes) {
      const { runId } = await hub.send(refreshRun, 'POST', '/refreshes', { system, mode: 'plan' });
      const run = await hub.heard(runId);
      expect(run.phase).not.toBe('failed');
      await hub.answer(refreshItemPage, `/refreshes/${runId}/items`);
      if (run.phase !== 'planned') continue;
      const refused = await hub.refused('POST', `/refreshes/${runId}/apply`, { planHash: run.planHash });
      expect(['outbound-paused', 'stale-plan']).toContain(refused.code);
      await hub.send(refreshRun, 'POST', `/refreshes/${runId}/cancel`, {});
      // A plan that was only looked at and put away has been heard all the same.
    }
    expect(await allRows()).toEqual(before);
  });

  it('let go by an admin, overwrites nothing that was newer than the backup', async () => {
    const go = await hub.send(outbound, 'PUT', '/outbound', { outbound: 'on', reason: 'both were heard' });
    expect(go).toMatchObject({ outbound: 'on', restoredAt: null, mustHear: [] });
    await refreshedUntilQuiet();
    const phones = await Promise.all(
      people
        .slice(1)
        .map(async ({ adiposeKey, bellyfatKey }) => [
          await adiposePhone(stack.adiposeUrl, adiposeKey),
          await bellyfatPhone(stack.bellyfatUrl, bellyfatKey),
        ]),
    );
    expect(phones).toEqual([
      [fromAdipose, `+1${fromAdipose}`],
      [fromBellyfat.slice(2), fromBellyfat],
      [undelivered, `+1${undelivered}`],
    ]);
    // Beside the one phone that waited for its way, no row of either system was written.
    const after = await allRows();
    const written = after.map((rows, index) => rows.filter((row, at) => !isSame(row, before[index]![at])));
    expect(written.map((rows) => rows.length)).toEqual([0, 1]);
  });
});

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
