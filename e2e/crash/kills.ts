// npm run kills: KILLS (25) each of hub, worker, Postgres and target at random moments, with the lane on, refreshes running, the target
// away now and then, CLIENTS (3) pushing bodies and RATE (200) single pushes a second beside them; SEED repeats a run.
import { report } from '../../bench/report.ts';
import { faultsOf, killRun, victims } from './kill-run.ts';

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const readyLimitMs = 10_000;
const each = number('KILLS', 25);
const clients = number('CLIENTS', 3);
const pushesPerSecond = number('RATE', 200);
const seed = number('SEED', Math.floor(Math.random() * 2 ** 31));

console.log(`SEED=${seed}`);
const began = performance.now();
const told = await killRun({
  kills: { hub: each, worker: each, postgres: each, target: each },
  clients,
  pushesPerSecond,
  seed,
  tell: (line) => console.log(line),
});
const { kills, pushes, retries, deliveries, refreshes, outages, lost, surplus, misplaced, comparison } = told;
const { outward, outwardDiffering } = told;
const slowest = Math.max(...kills.map(({ readyAfterMs }) => readyAfterMs));
for (const victim of victims) {
  const times = kills.filter((kill) => kill.victim === victim).map(({ readyAfterMs }) => Math.round(readyAfterMs));
  const [middle, last] = [times.toSorted((a, b) => a - b)[times.length >> 1], Math.max(...times)];
  console.log(`${victim}: ${times.length} kills, ready again after ${middle} ms (median), ${last} ms at most`);
}
const compared = Object.entries(comparison.compared).map(([section, n]) => `${n} ${section}`);
console.log(`${pushes} pushes acknowledged after ${retries} retries; compared ${compared.join(', ')}`);
const faults = faultsOf(told, readyLimitMs);
console.log(`${deliveries} deliveries, ${refreshes} refreshes, ${outages} times of trouble at the target`);
for (const fault of faults.slice(0, 60)) console.log(fault);
report({
  name: 'kills',
  bars: [
    { what: 'acknowledged pushes that are lost', bar: 0, seen: lost.length, better: 'less' },
    { what: 'pushes that are there twice, or that nobody was told of', bar: 0, seen: surplus, better: 'less' },
    { what: 'batches with lines in no place or in two', bar: 0, seen: misplaced.length, better: 'less' },
    { what: 'deliveries that went out twice or to nobody', bar: 0, seen: outward.length, better: 'less' },
    { what: 'people whose row at the target differs', bar: 0, seen: outwardDiffering.length, better: 'less' },
    { what: 'deliveries', bar: 1_000, seen: deliveries, better: 'more' },
    { what: 'differences from a run without kills', bar: 0, seen: comparison.differing, better: 'less' },
    { what: 'ready again after ms at most', bar: readyLimitMs, seen: slowest, better: 'less' },
  ],
  figures: {
    seed,
    clients,
    minutes: (performance.now() - began) / 60_000,
    pushes,
    retries,
    pushesPerSecond,
    deliveries,
    refreshes,
    outages,
    compared: comparison.compared,
    kills,
    faults,
  },
});
console.log(
  faults.length === 0 ? 'nothing lost, nothing applied twice, equal to a run without kills' : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
