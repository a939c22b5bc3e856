import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { anArmedSystem, pushPerson, runOf, startRun, type ArmedSystem } from './armed-system.ts';
import { ListeningHub } from './listening-hub.ts';
import { memoryNow } from './memory.ts';
import { shortenDeadlines, targetFaults } from './target-faults.ts';

/** `npm run faults` takes all faults, each with 20 seeds; FAULT_SEEDS says otherwise. A few stand for them here. */
const isWhole = process.env['npm_lifecycle_event'] === 'faults';
const seeds = isWhole ? Number(process.env['FAULT_SEEDS'] ?? 20) : 1;
const few = ['hangs in the middle of its body', 'streams without end', 'gives a cursor again'];
const faults = Object.keys(targetFaults).filter((name) => isWhole || few.includes(name));
/** A single push is told from another by what else the machine does; the medians of many are not. */
const slackMs = isWhole ? 0 : 500;
/** The process holds hub, targets and callers; what only waits to be collected is collected before it is measured. */
const mostGrowthBytes = 300 * 1024 * 1024;
/** What is held for ever after a fault: what grows with each of them would come to this. */
const mostHeldBytes = 96 * 1024 * 1024;

describe('a target with a fault, beside one that is well', () => {
  let hub: ListeningHub;
  let faulty: ArmedSystem;
  let well: ArmedSystem;
  let shop: string;
  let putBack: () => void;
  let pushed = 0;
  let atRest: NodeJS.MemoryUsage;
  beforeAll(async () => {
    putBack = shortenDeadlines();
    hub = await ListeningHub.open(inject('postgresUrl'));
    shop = await hub.aSystem('shop');
    faulty = await anArmedSystem(hub, 'faulty');
    well = await anArmedSystem(hub, 'well');
  });
  afterAll(async () => {
    await hub?.close();
    await faulty?.target.close();
    await well?.target.close();
    putBack?.();
  });

  /** Milliseconds from a push until the system that is well has it. */
  const delivered = async () => {
    const began = performance.now();
    await pushPerson(hub, 'shop', shop, `P${(pushed += 1)}`);
    await expect.poll(() => well.target.shown().length, { interval: 5 }).toBe(pushed);
    return performance.now() - began;
  };
  const holds = async () => {
    await expect.poll(() => faulty.target.shown().length).toBe(pushed);
  };

  const fail = (name: string): (() => void) => {
    const held: ServerResponse[] = [];
    faulty.target.trouble = (request, response) => {
      held.push(response);
      return targetFaults[name]!(request, response);
    };
    return () => {
      faulty.target.trouble = null;
      for (const response of held) if (!response.writableFinished) response.destroy();
    };
  };

  /** Runs until one closes, as its schedule would. */
  const closing = async () => {
    for (;;) {
      const runId = await startRun(hub, 'faulty', 'full');
      await expect.poll(async () => (await runOf(hub, runId)).phase).toMatch(/closed|failed/);
      const run = await runOf(hub, runId);
      if (run.phase === 'closed') return run.closing;
    }
  };

  it.each(faults)(
    '%s: the other is no later for it, the hub no larger, and both are equal once it is over',
    async (name) => {
      const control: number[] = [];
      const beside: number[] = [];
      for (let seed = 0; seed < seeds; seed += 1) {
        for (let n = 0; n < 3; n += 1) control.push(await delivered());
        await holds();
        atRest ??= memoryNow();
        const heal = fail(name);
        // Its lane runs into the fault; then a refresh does.
        beside.push(await delivered());
        const runId = await startRun(hub, 'faulty', 'full');
        // Another moment of the fault with each seed.
        for (let n = 0; n <= seed % 3; n += 1) beside.push(await delivered());
        heal();
        if (!/closed|failed/.test((await runOf(hub, runId)).phase))
          await hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);
        expect(await closing()).toMatch(/^equal as of /);
        await holds();
      }
      const now = memoryNow();
      const [rss, held] = [now.rss - atRest.rss, heldBy(now) - heldBy(atRest)];
      if (isWhole)
        console.log(
          `${name}: ${Math.round(median(beside))} ms beside it, ${Math.round(median(control))} ms at rest; ${inMib(held)} MiB held more, RSS ${inMib(rss)} MiB more`,
        );
      expect(median(beside)).toBeLessThanOrEqual(2 * median(control) + slackMs);
      expect(held).toBeLessThan(mostHeldBytes);
      expect(rss).toBeLessThan(mostGrowthBytes);
    },
    seeds * 30_000,
  );
});

function heldBy({ heapUsed, external }: NodeJS.MemoryUsage): number {
  return heapUsed + external;
}

function inMib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
