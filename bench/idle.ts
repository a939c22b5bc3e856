import { setTimeout as wait } from 'node:timers/promises';
import { House } from './house.ts';
import type { Result } from './result.ts';

/** A hub is at rest half a minute after the last that it was told; its loops then look twice a minute. */
const [restMs, watchedMs] = [60_000, 120_000];
const mostCores = 0.005;
const mostPerSecond = 2;

/** What a hub costs at which nobody is logged in and to which nobody sends anything. */
export async function benchIdle(): Promise<Result> {
  const house = await House.open();
  try {
    await wait(restMs);
    const before = await look(house);
    await wait(watchedMs);
    const after = await look(house);
    const seconds = (after.at - before.at) / 1_000;
    // The looks are its own.
    const perSecond = (after.transactions - before.transactions - 1) / seconds;
    const cores = (after.cpuUs - before.cpuUs) / 1_000_000 / seconds;
    return {
      name: 'idle',
      bars: [
        { what: 'transactions a second', bar: mostPerSecond, seen: perSecond, better: 'less' },
        { what: 'share of one core that the hub takes', bar: mostCores, seen: cores, better: 'less' },
      ],
      figures: { perSecond, cores, seconds },
    };
  } finally {
    await house.close();
  }
}

async function look(house: House): Promise<{ transactions: number; cpuUs: number; at: number }> {
  const { rows } = await house.db.query<{ n: string }>(
    'select xact_commit + xact_rollback as n from pg_stat_database where datname = current_database()',
  );
  return { transactions: Number(rows[0]!.n), cpuUs: house.usage().hub, at: performance.now() };
}
