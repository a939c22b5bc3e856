import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compareState, inWords, type Comparison } from '../../scripts/compare-state/compare.ts';
import { createTestDatabase } from '../../scripts/test-database.ts';
import { look, misplaced, register } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';
import { Pusher, type Acknowledged } from './pusher.ts';
import { Seeded } from './seeded.ts';
import { DurablePostgres, StandingHub, type Victim } from './standing-hub.ts';

export interface KillOptions {
  /** How often each is killed. */
  kills: Record<Victim, number>;
  clients: number;
  seed: number;
  tell?: (line: string) => void;
}

interface Kill {
  victim: Victim;
  /** When it was killed, from the first push, and how many pushes had been acknowledged by then. */
  atMs: number;
  acknowledged: number;
  /** Until everything was ready again. */
  readyAfterMs: number;
}

export interface KillReport {
  kills: Kill[];
  pushes: number;
  retries: number;
  /** Acknowledged pushes that the hub does not have as it acknowledged them. */
  lost: Acknowledged[];
  /** Pushes that it has and never acknowledged, or has twice. */
  surplus: number;
  misplaced: object[];
  comparison: Comparison;
}

const [leastPauseMs, mostPauseMs] = [50, 1_500];
const adminToken = 'only-for-this-test';
export const victims: readonly Victim[] = ['hub', 'worker', 'postgres'];

/** Clients push while hub, workers and Postgres are killed; then the same pushes to a hub that nobody kills; then both are compared. */
export async function killRun({ kills, clients, seed, tell = () => undefined }: KillOptions): Promise<KillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cinch-kills-'));
  const postgres = await DurablePostgres.start(dataDir);
  const hubs: StandingHub[] = [];
  /** A hub on a database of its own, with its clients. */
  async function open(name: string) {
    const { url: databaseUrl } = await createTestDatabase(postgres.url);
    const hub = await StandingHub.start({ databaseUrl, dataDir: join(dataDir, name), adminToken }, postgres);
    hubs.push(hub);
    const admin = new PersistentClient(hub.url);
    const keys: Record<string, string> = {};
    for (const code of ['north', 'east']) keys[code] = await register(admin, adminToken, { code });
    const pushers = Array.from({ length: clients }, (_, index) => new Pusher(hub.url, `c${index}`, keys));
    return { hub, databaseUrl, pushers };
  }
  try {
    const random = new Seeded(seed);
    const order = random.shuffled(victims.flatMap((victim) => Array.from({ length: kills[victim] }, () => victim)));
    const done: Kill[] = [];

    const killed = await open('killed');
    let isOver = false;
    const pushing = Promise.all(killed.pushers.map((pusher) => pusher.push((round) => round < 1 || !isOver)));
    const began = performance.now();
    const killing = (async () => {
      for (const victim of order) {
        await wait(random.between(leastPauseMs, mostPauseMs));
        const atMs = performance.now() - began;
        const acknowledged = killed.pushers.reduce((sum, pusher) => sum + pusher.acknowledged.length, 0);
        const kill = { victim, atMs, acknowledged, readyAfterMs: await killed.hub.kill(victim, random.between(0, 2)) };
        done.push(kill);
        tell(`${done.length}/${order.length} ${inShort(kill)}`);
      }
    })().finally(() => (isOver = true));
    const [rounds] = await Promise.all([pushing, killing]);
    await killed.hub.stop();

    tell(`the same ${rounds.reduce((sum, one) => sum + one, 0)} rounds without kills`);
    const calm = await open('calm');
    await Promise.all(calm.pushers.map((pusher, index) => pusher.push((round) => round < rounds[index]!)));
    await calm.hub.stop();

    const acknowledged = killed.pushers.flatMap((pusher) => pusher.acknowledged);
    const stored = await batchesOf(killed.databaseUrl);
    return {
      kills: done,
      pushes: acknowledged.length,
      retries: killed.pushers.reduce((sum, pusher) => sum + pusher.retries, 0),
      lost: acknowledged.filter(({ batchId, key, accepted }) => {
        const batch = stored.get(batchId);
        return batch?.key !== key || batch.n !== accepted;
      }),
      surplus: stored.size - new Set(acknowledged.map(({ system, key }) => `${system} ${key}`)).size,
      misplaced: await misplaced(killed.databaseUrl),
      comparison: await compareState(calm.databaseUrl, killed.databaseUrl),
    };
  } finally {
    for (const hub of hubs) await hub.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function inShort({ victim, atMs, acknowledged, readyAfterMs }: Kill): string {
  const moment = `${(atMs / 1000).toFixed(1)} s after the first push, ${acknowledged} pushes acknowledged`;
  return `${victim} killed ${moment}: all ready again after ${Math.round(readyAfterMs)} ms`;
}

async function batchesOf(databaseUrl: string): Promise<Map<number, { key: string; n: number }>> {
  const rows = await look<{ id: string; key: string; n: number }>(
    databaseUrl,
    'select batch_id as id, idempotency_key as key, n from inbox_batch',
  );
  return new Map(rows.map(({ id, ...batch }) => [Number(id), batch]));
}

/** What is wrong with the run, a sentence each; nothing when all holds. */
export function faultsOf({ kills, lost, surplus, misplaced, comparison }: KillReport, readyLimitMs: number): string[] {
  const slowest = Math.max(...kills.map(({ readyAfterMs }) => readyAfterMs));
  return [
    ...lost.map(({ key }) => `Acknowledged and lost: ${key}`),
    ...(surplus === 0 ? [] : [`${surplus} batches are there that nobody was told of, or twice`]),
    ...misplaced.map((batch) => `Lines in no place or in two: ${JSON.stringify(batch)}`),
    ...comparison.differences.map((difference) => `Not as without kills: ${inWords(difference)}`),
    ...(slowest <= readyLimitMs ? [] : [`Ready again only after ${Math.round(slowest)} ms`]),
  ];
}
