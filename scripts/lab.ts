// Plays the ways of keeping two systems in step side by side, and measures the drift that each leaves.
// npm run lab [-- --seeds 10 --customers 1000 --days 180 --refresh 7 --scenario misread|all --seed 1 --workers 2 --out lab-results]
// The same options write the same files, to the byte. A second `--mapping FILE` names other systems’ mappings than the two that ship.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import {
  attributesTable,
  csvOf,
  daysTable,
  figuresTable,
  printed,
  scenarios,
  summarize,
  usualRates,
  type Played,
  type ScenarioSummary,
} from '@cinch/lab';
import type { LabTask } from './lab/lab-worker.ts';
import { root } from './workspaces.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '1000' },
    days: { type: 'string', default: '180' },
    refresh: { type: 'string', default: '7' },
    /** One scenario, *all* of them, or, where it is left out, those that cross the models with the delivery. */
    scenario: { type: 'string' },
    mapping: {
      type: 'string',
      multiple: true,
      default: ['adipose', 'bellyfat'].map((system) => `apps/api/src/demo/mappings/${system}.json`),
    },
    /** How many are at work; however many, the files are the same. */
    workers: { type: 'string', default: String(availableParallelism()) },
    out: { type: 'string', default: 'lab-results' },
  },
});

const crossed = scenarios.filter(({ faultAt, versionAt }) => faultAt === null && versionAt === null);
const chosen =
  options.scenario === undefined
    ? crossed
    : scenarios.filter(({ id }) => options.scenario === 'all' || id === options.scenario);
if (chosen.length === 0)
  throw new Error(`There is no scenario "${options.scenario}"; there are ${scenarios.map(({ id }) => id).join(', ')}.`);
const [firstSeed, seeds] = [Number(options.seed), Number(options.seeds)];
const groups = [...Map.groupBy(chosen, ({ models }) => models).values()];
const tasks = groups.flatMap((group) =>
  Array.from({ length: seeds }, (_, index): LabTask => ({
    scenarios: group.map(({ id }) => id),
    mappings: options.mapping.map((file) => resolve(root, file)) as [string, string],
    of: {
      seed: firstSeed + index,
      customers: Number(options.customers),
      days: Number(options.days),
      refreshDays: Number(options.refresh),
      rates: usualRates,
    },
  })),
);

/** Each core takes the next task; the results stand in the order of the tasks, whoever was faster. */
function playAll(): Promise<Played[][][]> {
  const results: Played[][][] = [];
  let next = 0;
  let done = 0;
  return new Promise((resolveAll, reject) => {
    const workers = Array.from(
      { length: Math.min(Number(options.workers), tasks.length) },
      () => new Worker(new URL('./lab/lab-worker.ts', import.meta.url)),
    );
    const give = (worker: Worker) => {
      const index = next;
      next += 1;
      if (index < tasks.length) worker.postMessage({ index, task: tasks[index] });
    };
    for (const worker of workers) {
      worker.on('error', reject);
      worker.on('message', ({ index, played }: { index: number; played: Played[][] }) => {
        results[index] = played;
        done += 1;
        process.stderr.write(`\r${done} of ${tasks.length} played`);
        if (done < tasks.length) return give(worker);
        process.stderr.write('\n');
        for (const one of workers) void one.terminate();
        resolveAll(results);
      });
      give(worker);
    }
  });
}

const played = await playAll();
const summaries = chosen.map((scenario): ScenarioSummary => {
  const group = groups.findIndex((one) => one.includes(scenario));
  const place = groups[group]!.indexOf(scenario);
  const bySeed = played.slice(group * seeds, (group + 1) * seeds).map((one) => one[place]!);
  return { scenario: scenario.id, arms: bySeed[0]!.map((_, arm) => summarize(bySeed.map((one) => one[arm]!))) };
});
const folder = resolve(root, options.out);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'figures.csv'), csvOf(figuresTable(summaries)));
writeFileSync(join(folder, 'days.csv'), csvOf(daysTable(summaries)));
writeFileSync(join(folder, 'attributes.csv'), csvOf(attributesTable(summaries)));
writeFileSync(
  join(folder, 'lab.json'),
  `${JSON.stringify({ options: { ...options, workers: undefined, out: undefined, mapping: undefined }, summaries }, null, 1)}\n`,
);
console.log(printed(summaries));
console.log(
  `\nShares are of all cells, means over ${seeds} seeds of ${options.customers} customers and ${options.days} days. All figures: ${folder}`,
);
