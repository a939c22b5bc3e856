import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { House } from './house.ts';
import type { LoadNews, LoadOrder } from './load-pusher.ts';
import { pushPaced, type Paced } from './paced.ts';
import { benchRows, type BenchRow } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';

const perSecond = 500;
const count = 10_000;
const settled = 20_000;
const warmUp = 1_000;
const seed = 3;

/** From the moment a record is sent to its golden record being committed, each record pushed by itself, alone and beside a load. */
export async function benchLatency(): Promise<Result> {
  const rows = firstRows(settled + warmUp + 2 * count);
  const house = await House.open();
  try {
    await pushAll(house, bodiesOf(rows.slice(0, settled)));
    await house.drained();
    // The code of single pushes has not run yet: two seconds of it are not counted.
    await pushPaced(house, rows.slice(settled, settled + warmUp), perSecond);
    const [calmFrom, busyFrom] = [settled + warmUp, settled + warmUp + count];
    const calm = told(await pushPaced(house, rows.slice(calmFrom, busyFrom), perSecond));
    console.log(`   alone: ${inWords(calm)}`);
    await house.drained();
    const { paced, load } = await besideLoad(house, rows.length, () =>
      pushPaced(house, rows.slice(busyFrom), perSecond),
    );
    const busy = told(paced);
    console.log(`   beside a load of ${load.linesPerSecond.toFixed(0)} lines/s: ${inWords(busy)}`);
    return {
      name: 'latency',
      bars: [
        { what: 'push to golden, p99 in ms', bar: 100, seen: calm.p99, better: 'less' },
        { what: 'push to golden under a load, p99 in ms', bar: 300, seen: busy.p99, better: 'less' },
      ],
      figures: { count, warmUp, perSecond, calm, busy, load },
    };
  } finally {
    await house.close();
  }
}

function firstRows(most: number): BenchRow[] {
  const rows: BenchRow[] = [];
  // Made for a larger number, since the last rows of a population are no longer drawn evenly.
  for (const row of benchRows(seed, 2 * most)) if (rows.push(row) === most) break;
  return rows;
}

interface LoadFigures {
  lines: number;
  linesPerSecond: number;
  /** Share of one core that pushing the load took. */
  pusherCore: number;
}

/** Opens a load in both systems and measures while another process pushes it. */
async function besideLoad(
  house: House,
  skip: number,
  measure: () => Promise<Paced>,
): Promise<{ paced: Paced; load: LoadFigures }> {
  const loads = { adipose: await house.openLoad('adipose'), bellyfat: await house.openLoad('bellyfat') };
  const pusher = fork(join(import.meta.dirname, 'load-pusher.ts'));
  try {
    const { url, databaseUrl, keys } = house;
    pusher.send({ url, databaseUrl, keys, loads, seed, skip } satisfies LoadOrder);
    await newsOf(pusher, 'under-way');
    const began = performance.now();
    const paced = await measure();
    const seconds = (performance.now() - began) / 1000;
    pusher.send('stop');
    const { lines, cpuUs } = await newsOf(pusher, 'stopped');
    return { paced, load: { lines, linesPerSecond: lines / seconds, pusherCore: cpuUs / 1e6 / seconds } };
  } finally {
    pusher.kill();
  }
}

async function newsOf<Kind extends LoadNews['kind']>(
  pusher: ReturnType<typeof fork>,
  kind: Kind,
): Promise<LoadNews & { kind: Kind }> {
  const ended = once(pusher, 'exit').then(([code]) =>
    Promise.reject(new Error(`The load's pusher ended with ${code}.`)),
  );
  const [news] = (await Promise.race([once(pusher, 'message'), ended])) as [LoadNews];
  if (news.kind !== kind) throw new Error(`Expected the load's pusher to be ${kind}, it is ${news.kind}.`);
  return news as LoadNews & { kind: Kind };
}

function told({ latencies, ...costs }: Paced) {
  const quantile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.ceil(latencies.length * share) - 1)]!;
  return {
    n: latencies.length,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    max: latencies.at(-1)!,
    ...costs,
  };
}

function inWords({
  n,
  p50,
  p95,
  p99,
  max,
  hubUs,
  postgresUs,
  clientsCore,
  lookingCore,
  latestSendMs,
  resent,
}: ReturnType<typeof told>) {
  const ms = [p50, p95, p99, max].map((value) => value.toFixed(1)).join('/');
  const core = (share: number) => `${(share * 100).toFixed(1)} %`;
  return (
    `n ${n}, p50/p95/p99/max ${ms} ms; CPU us a push: hub ${hubUs.toFixed(0)}, Postgres ${postgresUs.toFixed(0)}; ` +
    `of one core the clients took ${core(clientsCore)}, looking ${core(lookingCore)}; sent ${latestSendMs.toFixed(0)} ms late at most, ${resent} again`
  );
}
