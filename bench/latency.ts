import { setTimeout as wait } from 'node:timers/promises';
import { House } from './house.ts';
import { benchRows, type BenchRow } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';

const perSecond = 500;
const count = 10_000;
const settled = 20_000;
const loaded = 60_000;

/** From the moment a record is sent to its golden record being committed, each record pushed by itself. Milliseconds. */
export async function benchLatency(): Promise<Result> {
  const rows = [...benchRows(3, settled + loaded + 2 * count)];
  const house = await House.open();
  try {
    await pushAll(house, bodiesOf(rows.slice(0, settled)));
    await house.drained();
    const calm = await latencies(house, rows.slice(settled, settled + count));
    const load = rows.slice(settled + 2 * count);
    let isLoading = true;
    const loading = (async () => {
      for (let round = 0; isLoading; round += 1) {
        // The same rows under other keys, so that the load lasts as long as the measurement.
        await pushAll(
          house,
          bodiesOf(load.map((row) => ({ ...row, key: `${row.key}-${round}`, data: renamed(row, round) }))),
          2,
        );
        while (isLoading && (await waiting(house)) > 20) await wait(50);
      }
    })();
    const busy = await latencies(house, rows.slice(settled + count, settled + 2 * count));
    isLoading = false;
    await loading;
    return {
      name: 'latency',
      bars: [
        { what: 'push to golden, p99 in ms', bar: 100, seen: quantile(calm, 0.99), better: 'less' },
        { what: 'push to golden under a load, p99 in ms', bar: 300, seen: quantile(busy, 0.99), better: 'less' },
      ],
      figures: { count, perSecond, calm: told(calm), busy: told(busy) },
    };
  } finally {
    await house.close();
  }
}

function renamed({ system, key, data }: BenchRow, round: number): Record<string, unknown> {
  return { ...data, [system === 'adipose' ? 'acct_no' : 'customerId']: `${key}-${round}` };
}

async function waiting(house: House): Promise<number> {
  const { rows } = await house.db.query<{ n: string }>('select count(*) as n from inbox_chunk where done_at is null');
  return Number(rows[0]!.n);
}

/** Sent at their times whatever comes back; seen as committed by a look every few milliseconds. Sorted. */
async function latencies(house: House, rows: readonly BenchRow[]): Promise<number[]> {
  const sentAt = new Map<number, number>();
  const found: number[] = [];
  let isSending = true;
  const watching = (async () => {
    while (isSending || sentAt.size > 0) {
      const open = [...sentAt.keys()];
      const done = await house.db.query<{ id: string }>(
        `select t.id from unnest($1::bigint[]) as t(id) join inbox_batch b on b.batch_id = t.id where b.done_at is not null`,
        [open],
      );
      const now = performance.now();
      for (const { id } of done.rows) {
        found.push(now - sentAt.get(Number(id))!);
        sentAt.delete(Number(id));
      }
      await wait(2);
    }
  })();
  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (const [index, { system, key, data }] of rows.entries()) {
    const due = began + (index * 1000) / perSecond;
    if (performance.now() < due) await wait(due - performance.now());
    const sent = performance.now();
    sending.push(
      house.push(system, JSON.stringify({ id: key, data })).then(({ batchId }) => void sentAt.set(batchId, sent)),
    );
  }
  await Promise.all(sending);
  isSending = false;
  await watching;
  return found.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

function told(sorted: readonly number[]) {
  return {
    n: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1)!,
  };
}
