import { House } from './house.ts';
import { pairedRatios, spreadOf } from './pairs.ts';
import { benchRows } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';
import { copySeconds } from './ruler.ts';

const count = 100_000;

/** Durable intake over HTTP, every envelope checked, by a hub that leaves the work to another process. */
export async function benchIngest(): Promise<Result> {
  const rows = [...benchRows(2, count)];
  const texts = rows.map((row) => JSON.stringify(row.data));
  const bodies = [...bodiesOf(rows)];
  const house = await House.open({ role: 'api' });
  const [rates, hubUs]: number[][] = [[], []];
  try {
    const ratio = await pairedRatios(async () => {
      const ruler = await copySeconds(house.db, texts);
      const before = house.usage();
      const began = performance.now();
      await pushAll(house, bodies);
      const seconds = (performance.now() - began) / 1000;
      rates!.push(count / seconds);
      hubUs!.push((house.usage().hub - before.hub) / count);
      console.log(`   ${Math.round(count / seconds)} lines/s, ${(ruler / seconds).toFixed(2)} of the ruler`);
      await house.db.query('truncate inbox_chunk, inbox_batch, inbox_reject cascade');
      return ruler / seconds;
    });
    return {
      name: 'ingest',
      bars: [{ what: 'durable intake, share of the ruler', bar: 0.4, seen: ratio.median, better: 'more' }],
      figures: { count, ratio, linesPerSecond: spreadOf(rates!), hubUs: spreadOf(hubUs!) },
    };
  } finally {
    await house.close();
  }
}
