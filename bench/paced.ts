import { setTimeout as wait } from 'node:timers/promises';
import { cpuUsOf } from './cpu.ts';
import type { House } from './house.ts';
import type { BenchRow } from './population.ts';
import { Sockets } from './sockets.ts';

/** How often is looked which pushes are through: the figures are late by this at most. */
const lookMs = 3;
/** Where this many are open they take far longer than this, and looking must not make it worse. */
const [manyOpen, lookWhenManyMs] = [100, 20];
/** The oldest that are open, looked at together: what is behind them cannot be through much earlier. */
const mostLookedAt = 500;

export interface Paced {
  /** Milliseconds from sending a record to its golden record being seen as committed. Sorted. */
  latencies: number[];
  /** Milliseconds by which the latest push left after its time: much of it means that the clients, not the hub, were slow. */
  latestSendMs: number;
  /** Pushes that had to be sent again, since the hub had closed the socket: their time counts from the first sending. */
  resent: number;
  /** Share of one core that sending and looking took from the hub: in this process, and in the Postgres that was asked. */
  clientsCore: number;
  lookingCore: number;
  /** CPU microseconds of the hub and of Postgres a push, whatever they were spent on. */
  hubUs: number;
  postgresUs: number;
}

/** Each record pushed by itself at its time, whatever comes back. */
export async function pushPaced(house: House, rows: readonly BenchRow[], perSecond: number): Promise<Paced> {
  const sockets = new Sockets(house.url);
  // Made before, so that they cost nothing while it counts.
  const requests = rows.map(({ system, key, data }) => {
    const path = `/api/v1/systems/${system}/records`;
    return sockets.request(path, house.keys[system], 'application/x-ndjson', JSON.stringify({ id: key, data }));
  });
  const [{ pid }] = (await house.db.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [{ pid: number }];
  const before = { ...house.usage(), looking: cpuUsOf(pid), clients: ownCpuUs() };
  const sentAt = new Map<number, number>();
  const latencies: number[] = [];
  let isSending = true;
  let latestSendMs = 0;

  const looking = (async () => {
    while (isSending || sentAt.size > 0) {
      const open = [...sentAt.keys()].slice(0, mostLookedAt);
      const text =
        'select batch_id::int as id from inbox_batch where batch_id = any($1::bigint[]) and done_at is not null';
      const through =
        open.length > 0 ? await house.db.query<{ id: number }>({ name: 'through', text, values: [open] }) : null;
      const now = performance.now();
      for (const { id } of through?.rows ?? []) {
        latencies.push(now - sentAt.get(id)!);
        sentAt.delete(id);
      }
      await wait(sentAt.size < manyOpen ? lookMs : lookWhenManyMs);
    }
  })();

  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (const [index, request] of requests.entries()) {
    const due = began + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    const sent = performance.now();
    latestSendMs = Math.max(latestSendMs, sent - due);
    sending.push(
      sockets.call(request).then((text) => void sentAt.set((JSON.parse(text) as { batchId: number }).batchId, sent)),
    );
  }
  await Promise.all(sending);
  isSending = false;
  await looking;
  sockets.close();

  const us = (performance.now() - began) * 1000;
  const after = house.usage();
  return {
    latencies: latencies.sort((a, b) => a - b),
    latestSendMs,
    resent: sockets.resent,
    clientsCore: (ownCpuUs() - before.clients) / us,
    lookingCore: (cpuUsOf(pid) - before.looking) / us,
    hubUs: (after.hub - before.hub) / rows.length,
    postgresUs: (after.postgres - before.postgres) / rows.length,
  };
}

function ownCpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
