import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type {} from '../../scripts/test-postgres.ts';
import { crashPoints } from '../../apps/api/src/platform/crash-points.ts';
import { compareState, inWords } from '../../scripts/compare-state/compare.ts';
import { freePort } from '../../scripts/ports.ts';
import { createTestDatabase, type TestDatabase } from '../../scripts/test-database.ts';
import { HubProcess } from './hub-process.ts';
import { misplaced } from './hub-setup.ts';
import { pointsOfStory, Story } from './story.ts';

const limitMs = 600_000;
/** A hub that has come to rest and lives on for so long does not come to the point. */
const afterMs = 5_000;
const adminToken = 'only-for-this-test';
const databases: TestDatabase[] = [];
const dataDirs: string[] = [];

interface Told {
  databaseUrl: string;
  south: object[];
  /** The points at which the hub died, with how it ended. */
  deaths: Map<string, string>;
  /** How often deliveries came to south a second time. */
  repeated: number;
}

/** Tells the story to a hub that dies at each of these points, once, and is started again. */
async function tell(dyingAt: readonly string[]): Promise<Told> {
  const database = await createTestDatabase(inject('postgresUrl'));
  databases.push(database);
  const dataDir = mkdtempSync(join(tmpdir(), 'cinch-crash-'));
  dataDirs.push(dataDir);
  const port = await freePort();
  const settings = { role: 'all', port, databaseUrl: database.url, dataDir, adminToken } as const;
  let hub = HubProcess.start(settings);
  let story: Story | null = null;
  const deaths = new Map<string, string>();
  try {
    await hub.ready();
    story = await Story.begin({ url: `http://127.0.0.1:${port}`, adminToken, databaseUrl: database.url });
    for (const point of pointsOfStory) {
      if (!dyingAt.includes(point)) {
        await story.tell(point);
        continue;
      }
      await hub.kill();
      hub = HubProcess.start({ ...settings, crashAt: point });
      await hub.ready();
      const told = story.tell(point);
      // Some points come when nothing is left to do: then the story is told a moment before the hub dies.
      const lived = told.then(() => wait(afterMs, null));
      const died = await Promise.race([hub.ended, lived]);
      if (died === null) continue;
      deaths.set(point, died);
      hub = HubProcess.start(settings);
      await told;
    }
    const repeated = [...story.south.deliveries.values()].filter((times) => times > 1).length;
    return { databaseUrl: database.url, south: story.south.shown(), deaths, repeated };
  } finally {
    await story?.end();
    await hub.kill();
  }
}

let undisturbed: Told;
let crashed: Told;
beforeAll(async () => {
  [undisturbed, crashed] = await Promise.all([tell([]), tell(pointsOfStory)]);
}, limitMs);
afterAll(async () => {
  for (const database of databases) await database.drop();
  for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true, force: true });
});

test('the hub dies at every named point', () => {
  expect(Object.keys(crashPoints).length).toBeGreaterThanOrEqual(25);
  const killed = Object.keys(crashPoints).map((point) => [point, 'ended with SIGKILL']);
  expect(Object.fromEntries(crashed.deaths)).toEqual(Object.fromEntries(killed));
  expect(undisturbed.deaths.size).toBe(0);
});

test('afterwards the state is that of a hub that never died: nothing lost, nothing applied twice', async () => {
  const { compared, differences } = await compareState(undisturbed.databaseUrl, crashed.databaseUrl);
  expect(differences.map(inWords)).toEqual([]);
  expect(compared['records']).toBeGreaterThan(pointsOfStory.length);
  expect(compared['deliveries']).toBeGreaterThan(0);
});

test('every accepted line is in one place', async () => {
  expect(await misplaced(crashed.databaseUrl)).toEqual([]);
});

test('the refreshed system holds the same, though deliveries were repeated', () => {
  expect(crashed.south).toEqual(undisturbed.south);
  expect(crashed.south.length).toBeGreaterThan(pointsOfStory.length / 2);
  expect(undisturbed.repeated).toBe(0);
  expect(crashed.repeated).toBeGreaterThan(0);
});
