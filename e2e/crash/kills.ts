// npm run kills: KILLS (10) each of hub, worker and Postgres at random moments, CLIENTS (6) pushing; SEED repeats a run.
import { report } from '../../bench/report.ts';
import { faultsOf, killRun, victims } from './kill-run.ts';

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const readyLimitMs = 10_000;
const each = number('KILLS', 10);
const clients = number('CLIENTS', 6);
const seed = number('SEED', Math.floor(Math.random() * 2 ** 31));

console.log(`SEED=${seed}`);
const began = performance.now();
const told = await killRun({
  kills: { hub: each, worker: each, postgres: each },
  clients,
  seed,
  tell: (line) => console.log(line),
});
const { kills, pushes, retries, lost, surplus, misplaced, comparison } = told;
const slowest = Math.max(...kills.map(({ readyAfterMs }) => readyAfterMs));
for (const victim of victims) {
  const times = kills.filter((kill) => kill.victim === victim).map(({ readyAfterMs }) => Math.round(readyAfterMs));
  const [middle, last] = [times.toSorted((a, b) => a - b)[times.length >> 1], Math.max(...times)];
  console.log(`${victim}: ${times.length} kills, ready again after ${middle} ms (median), ${last} ms at most`);
}
const compared = Object.entries(comparison.compared).map(([section, n]) => `${n} ${section}`);
console.log(`${pushes} pushes acknowledged after ${retries} retries; compared ${compared.join(', ')}`);
const faults = faultsOf(told, readyLimitMs);
for (const fault of faults) console.log(fault);
report({
  name: 'kills',
  bars: [
    { what: 'acknowledged pushes that are lost', bar: 0, seen: lost.length, better: 'less' },
    { what: 'pushes that are there twice, or that nobody was told of', bar: 0, seen: surplus, better: 'less' },
    { what: 'batches with lines in no place or in two', bar: 0, seen: misplaced.length, better: 'less' },
    { what: 'differences from a run without kills', bar: 0, seen: comparison.differing, better: 'less' },
    { what: 'ready again after ms at most', bar: readyLimitMs, seen: slowest, better: 'less' },
  ],
  figures: {
    seed,
    clients,
    minutes: (performance.now() - began) / 60_000,
    pushes,
    retries,
    compared: comparison.compared,
    kills,
    faults,
  },
});
console.log(
  faults.length === 0 ? 'nothing lost, nothing applied twice, equal to a run without kills' : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
