// npm run kills: KILLS (10) each of hub, worker and Postgres at random moments, CLIENTS (6) pushing; SEED repeats a run.
import { faultsOf, killRun } from './kill-run.ts';

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const readyLimitMs = 10_000;
const kills = number('KILLS', 10);
const seed = number('SEED', Math.floor(Math.random() * 2 ** 31));

console.log(`SEED=${seed}`);
const report = await killRun({
  kills: { hub: kills, worker: kills, postgres: kills },
  clients: number('CLIENTS', 6),
  seed,
  tell: (line) => console.log(line),
});
for (const [victim, times] of Object.entries(report.readyAfterMs)) {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  console.log(
    `${victim}: ${sorted.length} kills, ready again after ${sorted[sorted.length >> 1]} ms (median), ${sorted.at(-1)} ms at most`,
  );
}
const compared = Object.entries(report.comparison.compared).map(([section, n]) => `${n} ${section}`);
console.log(`${report.pushes} pushes acknowledged after ${report.retries} retries; compared ${compared.join(', ')}`);
const faults = faultsOf(report, readyLimitMs);
for (const fault of faults) console.log(fault);
console.log(
  faults.length === 0 ? 'nothing lost, nothing applied twice, equal to a run without kills' : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
