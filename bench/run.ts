/** `npm run bench [name ...]`: measures, prints each bar as met or missed, and keeps the figures under bench/results. */
import { benchLoad } from './full-load.ts';
import { benchGrowth } from './growth.ts';
import { House } from './house.ts';
import { benchIdle } from './idle.ts';
import { benchIngest } from './ingest.ts';
import { benchLatency } from './latency.ts';
import { benchOwnView } from './own-view.ts';
import { benchPipeline } from './pipeline.ts';
import { benchPoison } from './poison.ts';
import { benchRefresh } from './refresh.ts';
import { report } from './report.ts';
import type { Result } from './result.ts';

const benches: Record<string, () => Promise<Result>> = {
  ingest: benchIngest,
  pipeline: benchPipeline,
  latency: benchLatency,
  'own-view': benchOwnView,
  poison: benchPoison,
  load: benchLoad,
  growth: benchGrowth,
  refresh: benchRefresh,
  idle: benchIdle,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
// What was started ends with us, and so does its folder.
let ending: Promise<void> | undefined;
const end = () => (ending ??= House.closeAll().finally(() => process.exit(1)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
process.on('uncaughtException', (error) => {
  // What was under way fails because we end: that is no news.
  if (!ending) console.error(error);
  void end();
});

let missed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.log(`== ${name}`);
  missed += report(await benches[name]!());
}
if (missed > 0) console.log(`${missed} missed`);
