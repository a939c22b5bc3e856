import { setTimeout as wait } from 'node:timers/promises';
import { Sockets } from '../sockets.ts';

export interface Pushed {
  n: number;
  p50: number;
  p99: number;
  max: number;
  /** Answered otherwise than by 202. */
  failed: number;
}

/** Pushes one record at its time, so many a second, whatever comes back; milliseconds until the hub has it for good. */
export async function pushSteadily(
  url: string,
  key: string,
  records: Iterator<{ id: string; data: unknown }>,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Pushed> {
  const sockets = new Sockets(url);
  const latencies: number[] = [];
  let failed = 0;
  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = began + (n * 1_000) / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const body = JSON.stringify(records.next().value);
    const request = sockets.request('/api/v1/systems/adipose/records', key, 'application/x-ndjson', body);
    const push = sockets.call(request).catch(() => void (failed += 1));
    sending.push(push.then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(sending);
  sockets.close();
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) => latencies[Math.ceil(latencies.length * share) - 1]!;
  return { n: latencies.length, p50: quantile(0.5), p99: quantile(0.99), max: latencies.at(-1)!, failed };
}
