import { setTimeout as wait } from 'node:timers/promises';
import { House } from './house.ts';
import { linkageOf } from './linkage.ts';
import { growingRows, type BenchRow } from './population.ts';
import { Progress } from './progress.ts';
import { bodiesOf } from './pushers.ts';
import type { Result } from './result.ts';

const count = Number(process.env.RECORDS ?? 1_000_000);
/** What is compared: so many records at the beginning and at the end. */
const span = Math.min(100_000, Math.floor(count / 4));
/** So much may wait: intake goes on beside the work from the first record to the last, instead of burdening only the first. */
const mostWaiting = 20_000;
const clients = 4;
const megabyte = 2 ** 20;

/** An initial load: all records of both systems, pushed as one load each by the public API, worked on by the code of every push. */
export async function benchGrowth(): Promise<Result> {
  const house = await House.open();
  try {
    const told: Told = { truths: [], isAgain: [], pushed: { adipose: 0, bellyfat: 0 } };
    const loads = { adipose: await house.openLoad('adipose'), bellyfat: await house.openLoad('bellyfat') };
    const stops = [...new Set([...Array(Math.floor(count / span)).keys()].map((index) => (index + 1) * span))];
    const all = [...new Set([...stops, count - span, count])].toSorted((a, b) => a - b);
    const progress = new Progress(house);
    const looking = progress.until(count, all, ({ lines }) => console.log(`   ${spanInWords(progress, lines)}`));
    await pushLoad(house, loads, progress, told);
    await looking;

    const ends: Record<string, string> = {};
    for (const code of ['adipose', 'bellyfat'] as const) {
      const { state, flagged } = await house.completeLoad(code, loads[code], told.pushed[code]);
      ends[code] = `${state}, ${flagged} flagged`;
    }
    const inbox = await house.drained();
    if (inbox.applied !== count) throw new Error(`${inbox.applied} of ${count} were applied.`);
    const { mostRss } = house.usage();
    const first = rateOf(progress, 0, span);
    const last = rateOf(progress, count - span, count);
    const matched = { first: shareOf(told.isAgain, 0, span), last: shareOf(told.isAgain, count - span, count) };
    const links = await linkageOf(house.db, told.truths);
    const bytes = await house.db.query<{ n: string }>('select pg_database_size(current_database()) as n');
    console.log(
      `   first ${span}: ${first.toFixed(0)}/s, ${percent(matched.first)} match an earlier record; last: ${last.toFixed(0)}/s, ${percent(matched.last)}`,
    );
    console.log(`   links: precision ${links.precision.toFixed(4)}, recall ${links.recall.toFixed(4)}`);
    console.log(
      `   loads: ${Object.entries(ends)
        .map(([code, end]) => `${code} ${end}`)
        .join('; ')}`,
    );
    return {
      name: 'growth',
      bars: [
        {
          what: `rate of the last ${span} of ${count}, share of the first`,
          bar: 0.75,
          seen: last / first,
          better: 'more',
        },
        { what: 'RSS of the hub at most, in GB', bar: 1.5, seen: mostRss / 1e9, better: 'less' },
      ],
      figures: {
        count,
        span,
        recordsPerSecond: { first, last, all: rateOf(progress, 0, count) },
        matched,
        rssMegabytes: { afterFirst: progress.at(span).usage.rss / megabyte, most: mostRss / megabyte },
        databaseMegabytes: Number(bytes.rows[0]!.n) / megabyte,
        links,
        loads: ends,
        spans: progress.milestones.slice(1).map(({ lines }) => costsOf(progress, lines)),
      },
    };
  } finally {
    await house.close();
  }
}

interface Told {
  truths: Pick<BenchRow, 'key' | 'truth'>[];
  /** Of each row, whether an earlier one was of the same customer. */
  isAgain: boolean[];
  pushed: { adipose: number; bellyfat: number };
}

async function pushLoad(
  house: House,
  loads: { adipose: number; bellyfat: number },
  progress: Progress,
  told: Told,
): Promise<void> {
  const bodies = bodiesOf(noted(growingRows(7, count), told));
  let pushed = 0;
  const client = async () => {
    for (let next = bodies.next(); !next.done; next = bodies.next()) {
      const { system, lines, bytes } = next.value;
      while (pushed - progress.done > mostWaiting) await wait(20);
      pushed += lines;
      told.pushed[system] += lines;
      await house.push(system, bytes, loads[system]);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

function* noted(rows: Iterable<BenchRow>, told: Told): Generator<BenchRow> {
  const seen = new Set<number>();
  for (const row of rows) {
    told.isAgain.push(seen.has(row.truth));
    seen.add(row.truth);
    told.truths.push({ key: row.key, truth: row.truth });
    yield row;
  }
}

function rateOf(progress: Progress, from: number, to: number): number {
  return ((to - from) * 1000) / (progress.at(to).ms - progress.at(from).ms);
}

/** From the milestone before up to this one. */
function costsOf(progress: Progress, lines: number) {
  const at = progress.milestones.findIndex((milestone) => milestone.lines === lines);
  const [before, now] = [progress.milestones[at - 1]!, progress.milestones[at]!];
  const n = now.lines - before.lines;
  return {
    to: lines,
    recordsPerSecond: (n * 1000) / (now.ms - before.ms),
    hubUs: (now.usage.hub - before.usage.hub) / n,
    postgresUs: (now.usage.postgres - before.usage.postgres) / n,
    rssMegabytes: now.usage.rss / megabyte,
  };
}

function spanInWords(progress: Progress, lines: number): string {
  const { recordsPerSecond, hubUs, postgresUs, rssMegabytes } = costsOf(progress, lines);
  return `${lines}: ${recordsPerSecond.toFixed(0)}/s, CPU us a record: hub ${hubUs.toFixed(0)}, Postgres ${postgresUs.toFixed(0)}, RSS ${rssMegabytes.toFixed(0)} MB`;
}

function shareOf(flags: readonly boolean[], from: number, to: number): number {
  return flags.slice(from, to).filter(Boolean).length / (to - from);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
