import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuShares, sharesInWords, watchConnections, type Shares } from './anatomy.ts';
import { House } from './house.ts';
import { linkageOf } from './linkage.ts';
import { inWords, pairedRatios, spreadOf } from './pairs.ts';
import { benchRows, type BenchRow } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import { copySeconds } from './ruler.ts';
import type { Result } from './result.ts';

const count = Number(process.env.RECORDS ?? 100_000);

/** An empty hub takes in all records and works them through to golden records, all laws on; against a COPY of the same rows. */
export async function benchPipeline(): Promise<Result> {
  const rows = [...benchRows(1, count)];
  const texts = rows.map((row) => JSON.stringify(row.data));
  const [hubUs, postgresUs, rates, links]: [number[], number[], number[], string[]] = [[], [], [], []];
  const precisions: number[] = [];
  const recalls: number[] = [];
  const ratio = await pairedRatios(async () => {
    const house = await House.open();
    try {
      const ruler = await copySeconds(house.db, texts);
      const before = house.usage();
      const began = performance.now();
      await pushAll(house, bodiesOf(rows));
      const inbox = await house.drained();
      const seconds = (performance.now() - began) / 1000;
      const after = house.usage();
      if (inbox.applied !== count) throw new Error(`${inbox.applied} of ${count} were applied.`);
      hubUs.push((after.hub - before.hub) / count);
      postgresUs.push((after.postgres - before.postgres) / count);
      rates.push(count / seconds);
      const { precision, recall } = await linkageOf(house.db, rows);
      precisions.push(precision);
      recalls.push(recall);
      links.push(`${precision.toFixed(4)}/${recall.toFixed(4)}`);
      console.log(
        `   ${Math.round(count / seconds)} records/s, 1/${(seconds / ruler).toFixed(1)} of the ruler, CPU us a record: hub ${hubUs.at(-1)!.toFixed(0)}, Postgres ${postgresUs.at(-1)!.toFixed(0)}, links ${links.at(-1)}, RSS ${Math.round(after.rss / 2 ** 20)} MB`,
      );
      return ruler / seconds;
    } finally {
      await house.close();
    }
  });
  for (const [what, runs] of Object.entries({
    'records/s': rates,
    'CPU us a record, hub': hubUs,
    Postgres: postgresUs,
  }))
    console.log(`   ${what}: ${inWords(spreadOf(runs))}`);
  const { connections, cpu } = await anatomyOf(rows);
  console.log(
    `   One more run, not counted, to see what the time is made of.\n   connections to Postgres: ${sharesInWords(connections)}`,
  );
  console.log(`   CPU of the hub: ${sharesInWords(cpu)}`);
  return {
    name: 'pipeline',
    bars: [
      { what: 'share of the ruler', bar: 1 / 24, seen: ratio.median, better: 'more' },
      { what: 'link precision', bar: 0.99, seen: Math.min(...precisions), better: 'more' },
      { what: 'link recall', bar: 0.98, seen: Math.min(...recalls), better: 'more' },
    ],
    figures: {
      count,
      ratio,
      recordsPerSecond: spreadOf(rates),
      hubUs: spreadOf(hubUs),
      postgresUs: spreadOf(postgresUs),
      madeOf: { connections, cpu },
    },
  };
}

/** Looking so closely makes the hub slower: it is done in a run of its own. */
async function anatomyOf(rows: readonly BenchRow[]): Promise<{ connections: Shares; cpu: Shares }> {
  const profiles = mkdtempSync(join(tmpdir(), 'cinch-bench-profiles-'));
  try {
    const house = await House.open({ profilesIn: profiles });
    let connections: Shares;
    try {
      const watch = await watchConnections(house.databaseUrl);
      await pushAll(house, bodiesOf(rows));
      await house.drained();
      connections = await watch.stop();
    } finally {
      await house.close();
    }
    return { connections, cpu: cpuShares(profiles) };
  } finally {
    rmSync(profiles, { recursive: true, force: true });
  }
}
