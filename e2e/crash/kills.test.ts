import { expect, test } from 'vitest';
import { faultsOf, killRun } from './kill-run.ts';

const limitMs = 300_000;
const readyLimitMs = 10_000;

test(
  'a hub, a worker, a Postgres and a target killed under pushing clients: nothing acknowledged is lost, nothing is doubled',
  async () => {
    const report = await killRun({
      kills: { hub: 1, worker: 1, postgres: 1, target: 1 },
      clients: 3,
      pushesPerSecond: 20,
      seed: 4,
    });
    expect(faultsOf(report, readyLimitMs)).toEqual([]);
    expect(report.pushes).toBeGreaterThan(3);
    expect(report.comparison.compared['records']).toBeGreaterThan(50);
  },
  limitMs,
);
