/** `npm run bench [name ...]`: measures, prints each bar as met or missed, and keeps the figures under bench/results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { House } from './house.ts';
import { benchLoad } from './full-load.ts';
import { benchGrowth } from './growth.ts';
import { benchIngest } from './ingest.ts';
import { benchLatency } from './latency.ts';
import { benchOwnView } from './own-view.ts';
import { benchPipeline } from './pipeline.ts';
import { isMet, type Result } from './result.ts';

const benches: Record<string, () => Promise<Result>> = {
  ingest: benchIngest,
  pipeline: benchPipeline,
  latency: benchLatency,
  'own-view': benchOwnView,
  growth: benchGrowth,
  load: benchLoad,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
// What was started ends with us, and so does its folder.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void House.closeAll().finally(() => process.exit(1)));

let missed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.log(`== ${name}`);
  const result = await benches[name]!();
  for (const bar of result.bars) {
    const met = isMet(bar);
    if (!met) missed += 1;
    const sign = bar.better === 'more' ? '>=' : '<=';
    console.log(
      `${met ? 'met   ' : 'MISSED'}  ${bar.what}: ${bar.seen.toPrecision(3)} (${sign} ${bar.bar.toPrecision(3)})`,
    );
  }
  keep(result);
}
if (missed > 0) console.log(`${missed} missed`);

function keep(result: Result): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpus: cpus().length, node: process.version, platform: process.platform };
  const text = JSON.stringify({ ...result, at: new Date().toISOString(), machine }, null, 2);
  writeFileSync(join(folder, `${result.name}.json`), `${text}\n`);
}
