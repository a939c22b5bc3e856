/** A process of its own that pushes a load as long as it is not told to stop: what it costs does not delay whoever measures beside it. */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { benchRows, type SystemCode } from './population.ts';
import { bodiesOf } from './pushers.ts';

export interface LoadOrder {
  url: string;
  databaseUrl: string;
  keys: Record<SystemCode, string>;
  loads: Record<SystemCode, number>;
  /** The population, and how many of its first rows others push. */
  seed: number;
  skip: number;
}

/** What the pusher tells: that the hub has work to do, and at the end how much it was. */
export type LoadNews = { kind: 'under-way' } | { kind: 'stopped'; lines: number; cpuUs: number };

/** So much may wait: the hub never lacks work, and takes in what it works on all the time instead of all at once. */
const mostWaiting = 10_000;
const pauseMs = 50;
/** More than any measurement needs: rows are made as they are pushed. */
const endless = 100_000_000;

async function pushUntilStopped({ url, databaseUrl, keys, loads, seed, skip }: LoadOrder): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  const waiting = async () => {
    const sql = 'select coalesce(sum(n), 0)::int as n from inbox_chunk where done_at is null and load_id is not null';
    return (await db.query<{ n: number }>({ name: 'waiting', text: sql })).rows[0]!.n;
  };
  let isStopped = false;
  process.once('message', () => (isStopped = true));
  const rows = benchRows(seed, endless);
  for (let skipped = 0; skipped < skip; skipped += 1) rows.next();
  let lines = 0;
  let isUnderWay = false;
  for (const body of bodiesOf(rows)) {
    while (!isStopped && (await waiting()) >= mostWaiting) {
      if (!isUnderWay) tell({ kind: 'under-way' });
      isUnderWay = true;
      await wait(pauseMs);
    }
    if (isStopped) break;
    const response = await fetch(`${url}/systems/${body.system}/records?load=${loads[body.system]}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys[body.system]}`, 'content-type': 'application/x-ndjson' },
      body: body.bytes as unknown as string,
    });
    if (!response.ok) throw new Error(`The load was refused: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    lines += body.lines;
  }
  await db.end();
  const { user, system } = process.cpuUsage();
  tell({ kind: 'stopped', lines, cpuUs: user + system });
  process.disconnect();
}

function tell(news: LoadNews): void {
  process.send!(news);
}

process.once('message', (order) => void pushUntilStopped(order as LoadOrder));
