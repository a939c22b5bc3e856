import { isEqualClosing } from '@cinch/api-contract';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compareState, inWords, type Comparison } from '../../scripts/compare-state/compare.ts';
import { look, misplaced } from './hub-setup.ts';
import { KilledSide, streams } from './killed-side.ts';
import { faultsOutward, outwardDifferences } from './outward.ts';
import type { Acknowledged } from './pusher.ts';
import { Seeded } from './seeded.ts';
import { DurablePostgres, type Victim } from './standing-hub.ts';
import { troubles, type TargetProcess } from './target-process.ts';

export interface KillOptions {
  /** How often each is killed. */
  kills: Record<Victim, number>;
  /** Each tells in bodies of many lines, in two systems. */
  clients: number;
  /** Single pushes a second beside them. */
  pushesPerSecond: number;
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
  /** Deliveries that the target carried out, refreshes that ran, and times of trouble at the target, under kills. */
  deliveries: number;
  refreshes: number;
  outages: number;
  /** Acknowledged pushes that the hub does not have as it acknowledged them. */
  lost: Acknowledged[];
  /** Pushes that it has and never acknowledged, or has twice. */
  surplus: number;
  misplaced: object[];
  /** What went out twice or to nobody, by the target's log. */
  outward: string[];
  /** People of whom the target holds other rows than without kills. */
  outwardDiffering: string[];
  /** How the last refresh closed. */
  closing: string | null;
  comparison: Comparison;
}

const [leastPauseMs, mostPauseMs] = [50, 1_500];
const [leastTroubleMs, mostTroubleMs] = [200, 3_000];
export const victims: readonly Victim[] = ['hub', 'worker', 'postgres', 'target'];

/** Clients push while hub, workers, Postgres and target are killed; then the same pushes to a hub that nobody kills; then both are compared. */
export async function killRun(options: KillOptions): Promise<KillReport> {
  const { kills, clients, pushesPerSecond, seed, tell = () => undefined } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'cinch-kills-'));
  const postgres = await DurablePostgres.start(dataDir);
  const sides: KilledSide[] = [];
  const open = async (name: string) => {
    const side = await KilledSide.open(postgres, join(dataDir, name), clients);
    sides.push(side);
    return side;
  };
  try {
    const random = new Seeded(seed);
    const order = random.shuffled(victims.flatMap((victim) => Array.from({ length: kills[victim] }, () => victim)));
    const done: Kill[] = [];

    const killed = await open('killed');
    let isOver = false;
    const goesOn = () => !isOver;
    const everyMs = pushesPerSecond === 0 ? 0 : (1000 * streams) / pushesPerSecond;
    const pushing = Promise.all(killed.pushers.map((pusher) => pusher.push((round) => round < 1 || goesOn())));
    const streaming = Promise.all(
      killed.streamers.map((pusher) => (pushesPerSecond === 0 ? 0 : pusher.stream(everyMs, goesOn))),
    );
    const refreshing = killed.refreshWhile(goesOn);
    const misbehaving = misbehaveWhile(killed.target, new Seeded(seed + 1), goesOn);
    const began = performance.now();
    const killing = (async () => {
      for (const victim of order) {
        await wait(random.between(leastPauseMs, mostPauseMs));
        const [atMs, acknowledged] = [performance.now() - began, killed.acknowledged.length];
        const which = random.between(0, 2);
        const readyAfterMs =
          victim === 'target' ? await killed.target.killAndStart() : await killed.hub.kill(victim, which);
        done.push({ victim, atMs, acknowledged, readyAfterMs });
        tell(`${done.length}/${order.length} ${inShort(done.at(-1)!)}`);
      }
    })().finally(() => (isOver = true));
    const [rounds, singles, refreshes, outages] = await Promise.all([
      pushing,
      streaming,
      refreshing,
      misbehaving,
      killing,
    ]);
    await killed.settled();
    const closing = await killed.refresh();
    await killed.settled();
    const outward = await faultsOutward(killed.databaseUrl, killed.target);
    await killed.stop();

    tell(`the same ${killed.acknowledged.length} pushes without kills`);
    const calm = await open('calm');
    await Promise.all([
      ...calm.pushers.map((pusher, index) => pusher.push((round) => round < rounds[index]!)),
      ...calm.streamers.map((pusher, index) => pusher.stream(0, (push) => push < singles[index]!)),
    ]);
    await calm.settled();
    await calm.refresh();
    await calm.settled();
    await calm.stop();

    const { acknowledged } = killed;
    const stored = await batchesOf(killed.databaseUrl);
    return {
      kills: done,
      pushes: acknowledged.length,
      retries: killed.all.reduce((sum, pusher) => sum + pusher.retries, 0),
      deliveries: killed.target.log().length,
      refreshes,
      outages,
      lost: acknowledged.filter(({ batchId, key, accepted }) => {
        const batch = stored.get(batchId);
        return batch?.key !== key || batch.n !== accepted;
      }),
      surplus: stored.size - new Set(acknowledged.map(({ system, key }) => `${system} ${key}`)).size,
      misplaced: await misplaced(killed.databaseUrl),
      outward,
      outwardDiffering: outwardDifferences(calm.target, killed.target),
      closing,
      comparison: await compareState(calm.databaseUrl, killed.databaseUrl, { isLeftOut }),
    };
  } finally {
    for (const side of sides) await side.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** When the target was told of what, and how many single pushes were worked on at once, is another in each run. */
function isLeftOut(section: string, name: string): boolean {
  return name.startsWith('south ') || (section === 'history' && name.startsWith('north t'));
}

/** Now and then the target is away, silent, or loses its answers. How often. */
async function misbehaveWhile(target: TargetProcess, random: Seeded, more: () => boolean): Promise<number> {
  let times = 0;
  for (; more(); times += 1) {
    const forMs = random.between(leastTroubleMs, mostTroubleMs);
    await target.misbehave(troubles[random.between(0, troubles.length)]!, forMs);
    await wait(forMs + random.between(leastTroubleMs, mostTroubleMs));
  }
  return times;
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
export function faultsOf(report: KillReport, readyLimitMs: number): string[] {
  const { kills, lost, surplus, misplaced, outward, outwardDiffering, closing, comparison } = report;
  const slowest = Math.max(...kills.map(({ readyAfterMs }) => readyAfterMs));
  return [
    ...lost.map(({ key }) => `Acknowledged and lost: ${key}`),
    ...(surplus === 0 ? [] : [`${surplus} batches are there that nobody was told of, or twice`]),
    ...misplaced.map((batch) => `Lines in no place or in two: ${JSON.stringify(batch)}`),
    ...outward.map((fault) => `Outward: ${fault}`),
    ...outwardDiffering.map((difference) => `The target is not as without kills: ${difference}`),
    ...(closing !== null && isEqualClosing(closing) ? [] : [`The last refresh closed: ${closing ?? 'not at all'}`]),
    ...comparison.differences.map((difference) => `Not as without kills: ${inWords(difference)}`),
    ...(slowest <= readyLimitMs ? [] : [`Ready again only after ${Math.round(slowest)} ms`]),
  ];
}
