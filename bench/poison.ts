import { House } from './house.ts';
import { pairedRatios, spreadOf } from './pairs.ts';
import { benchRows, type BenchRow } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';

const count = Number(process.env.RECORDS ?? 50_000);
/** One poison record among so many others. */
const every = 1_000;
const mark = 'poison';

/**
 * The same records with and without poison among them. Intake knows no input any more that the hub fails on, so the database is made to
 * refuse some: at the last moment, when all of the work has been done in vain, and by the hub as it runs in production.
 */
export async function benchPoison(): Promise<Result> {
  const pure = [...benchRows(9, count)];
  const poisoned = withPoison(pure);
  const [alone, beside]: [number[], number[]] = [[], []];
  const ratio = await pairedRatios(async (pair) => {
    const measured = { pure: 0, poisoned: 0 };
    // By turns, since whoever comes second finds a warmer machine.
    for (const which of pair % 2 === 0 ? (['pure', 'poisoned'] as const) : (['poisoned', 'pure'] as const))
      measured[which] = await othersPerSecond(which === 'pure' ? pure : poisoned);
    alone.push(measured.pure);
    beside.push(measured.poisoned);
    console.log(`   ${measured.pure.toFixed(0)}/s alone, ${measured.poisoned.toFixed(0)}/s beside poison`);
    return measured.poisoned / measured.pure;
  });
  return {
    name: 'poison',
    bars: [
      {
        what: `speed that 1 poison record in ${every} costs the others`,
        bar: 0.1,
        seen: 1 - ratio.median,
        better: 'less',
      },
    ],
    figures: { count, poison: poisoned.length - count, ratio, alone: spreadOf(alone), beside: spreadOf(beside) },
  };
}

/** A poison record stands at another place of each thousand. */
function withPoison(rows: readonly BenchRow[]): BenchRow[] {
  return rows.flatMap((row, index) => {
    const block = Math.floor(index / every);
    if (index % every !== (block * 379) % every) return [row];
    const key = `${mark}-${block}`;
    return [row, { ...row, key, data: { ...row.data, [row.system === 'adipose' ? 'acct_no' : 'customerId']: key } }];
  });
}

/** How many records that are none come through in a second, on a hub of their own. */
async function othersPerSecond(rows: readonly BenchRow[]): Promise<number> {
  const house = await House.open();
  try {
    await house.db.query(
      `alter table source_record add constraint no_${mark} check (not starts_with(source_key, '${mark}'))`,
    );
    const began = performance.now();
    await pushAll(house, bodiesOf(rows));
    const { applied, error } = await house.drained();
    const seconds = (performance.now() - began) / 1000;
    if (applied !== count || error !== rows.length - count)
      throw new Error(
        `${applied} of ${count} records were applied, ${error} of ${rows.length - count} poison ones refused.`,
      );
    return count / seconds;
  } finally {
    await house.close();
  }
}
