import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { House } from './house.ts';
import { pushPaced } from './paced.ts';
import { benchRows, type BenchRow } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { TargetOrder } from './refresh-target.ts';
import type { Result } from './result.ts';

const customers = Number(process.env.CUSTOMERS ?? 100_000);
/** So many rows of both systems are of one customer. */
const rowsEach = 1.55;
const perSecond = 100;
/** Pushes in one go: after each it is looked whether the refresh is over. */
const atOnce = 500;
const [warmUp, alone] = [500, 3_000];
const seed = 5;
const unbraked = Object.fromEntries(
  ['changed', 'created', 'values', 'emptied', 'kind', 'surplus'].map((what) => [`${what}Share`, 1]),
);
/** The longest holds are told of the last minute, so they are asked for more often. */
const lookMs = 20_000;

interface Run {
  runId: number;
  phase: string;
  planHash: string | null;
  brake: { count: number }[];
  counts: Record<string, number>;
  closing: string | null;
  failure: string | null;
}

/** A refresh of one system beside single pushes: how long the committer is held, and how much later pushes become golden. */
export async function benchRefresh(): Promise<Result> {
  const count = Math.round(customers * rowsEach);
  const population = 2 * count + 400_000;
  const rows = benchRows(seed, population);
  const next = (most: number) => Array.from({ length: most }, () => rows.next().value as BenchRow);
  const target = fork(join(import.meta.dirname, 'refresh-target.ts'));
  target.send({ seed, population, count } satisfies TargetOrder);
  const [{ port }] = (await once(target, 'message')) as [{ port: number }];
  const house = await House.open({ adapters: { adipose: `http://127.0.0.1:${port}` } });
  try {
    await pushAll(house, bodiesOf(next(count)));
    await house.drained();
    console.log(`   ${count} rows are in`);

    await pushPaced(house, next(warmUp), perSecond);
    await settled(house);
    // On a busy machine pushes alone hold the committer long as well: what a refresh adds is told beside that.
    const calmHolds = new Holds(house);
    const calm = told((await pushPaced(house, next(alone), perSecond)).latencies);
    const longestAlone = await calmHolds.end();
    console.log(`   alone: ${inWords(calm)}, longest holds in ms: ${JSON.stringify(longestAlone)}`);
    await settled(house);
    // A plan that waits for a person is another one each second here, so no brake may hold it.
    await house.admin('PUT', '/systems/adipose/limits', unbraked);
    const holds = new Holds(house);
    const seconds: Record<string, number> = {};
    const busy: number[] = [];
    // One plan is looked at before a system may be armed; the refresh is then a run of its own.
    for (const mode of ['plan', 'full'] as const) {
      if (mode === 'full') await house.admin('PUT', '/systems/adipose/outbound', { outbound: 'armed' });
      const began = performance.now();
      const run = await house.admin<Run>('POST', '/refreshes', { system: 'adipose', mode });
      const over = finished(house, run.runId, mode);
      let isOver = false;
      void over.finally(() => (isOver = true)).catch(() => undefined);
      while (!isOver) busy.push(...(await pushPaced(house, next(atOnce), perSecond)).latencies);
      const ended = await over;
      seconds[mode] = (performance.now() - began) / 1000;
      console.log(
        `   ${mode}: ${seconds[mode].toFixed(0)} s, ${ended.closing ?? ended.failure ?? ended.phase}, ${JSON.stringify(ended.counts)}`,
      );
    }
    const longest = await holds.end();
    const beside = told(busy.sort((a, b) => a - b));
    console.log(`   beside: ${inWords(beside)}`);
    console.log(`   longest holds in ms: ${JSON.stringify(longest)}`);
    return {
      name: customers === 100_000 ? 'refresh' : `refresh-${customers}`,
      bars: [
        {
          what: 'longest hold of the committer in ms',
          bar: 100,
          seen: Math.max(...Object.values(longest)),
          better: 'less',
        },
        { what: 'push to golden p99, ratio to without a refresh', bar: 2, seen: beside.p99 / calm.p99, better: 'less' },
      ],
      figures: { customers, rows: count, perSecond, calm, beside, longestAlone, longest, seconds },
    };
  } finally {
    target.kill();
    await house.close();
  }
}

/** Resolves when the run is over: a plan that was looked at, or a refresh that has closed, whatever brake had to be let go. */
async function finished(house: House, runId: number, mode: 'plan' | 'full'): Promise<Run> {
  for (;;) {
    const run = await house.admin<Run>('GET', `/refreshes/${runId}`);
    if (['closed', 'failed', 'cancelled'].includes(run.phase)) return run;
    if (run.phase === 'planned' && mode === 'plan') {
      await house.admin('GET', `/refreshes/${runId}/items`);
      await house.admin('POST', `/refreshes/${runId}/cancel`);
      return run;
    }
    // Where the plan has changed meanwhile it has to be looked at and applied again.
    if (run.phase === 'planned')
      await house
        .admin('POST', `/refreshes/${runId}/apply`, { planHash: run.planHash, count: run.brake[0]?.count })
        .catch((error: Error) => {
          if (!error.message.includes('409')) throw error;
        });
    await wait(200);
  }
}

/** Until what the pushes before left behind is told no more. */
async function settled(house: House): Promise<void> {
  await house.drained();
  await wait(80_000);
}

/** Asks the hub now and then for its longest holds. */
class Holds {
  private readonly longest: Record<string, number> = {};
  private readonly over = new AbortController();
  private readonly looking: Promise<void>;
  private readonly house: House;

  constructor(house: House) {
    this.house = house;
    this.looking = this.look();
  }

  async end(): Promise<Record<string, number>> {
    this.over.abort();
    await this.looking;
    return this.longest;
  }

  private async look(): Promise<void> {
    while (!this.over.signal.aborted) {
      await wait(lookMs, undefined, { signal: this.over.signal }).catch(() => undefined);
      const { rows } = await this.house.db
        .query<{ holds: string }>('select holds from heartbeat')
        .catch(() => ({ rows: [] }));
      if (rows.length === 0) continue;
      for (const [work, ms] of Object.entries(JSON.parse(rows[0]!.holds) as Record<string, number>))
        this.longest[work] = Math.max(this.longest[work] ?? 0, ms);
    }
  }
}

function told(latencies: readonly number[]) {
  const quantile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.ceil(latencies.length * share) - 1)]!;
  return { n: latencies.length, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: latencies.at(-1)! };
}

function inWords({ n, p50, p95, p99, max }: ReturnType<typeof told>): string {
  return `n ${n}, p50/p95/p99/max ${[p50, p95, p99, max].map((ms) => ms.toFixed(1)).join('/')} ms`;
}
