import type { ArmId } from './arms/arms.ts';
import { play, type Played } from './play.ts';
import type { Pair } from './pair.ts';
import type { Setting } from './setting.ts';
import { band, mean, type Band } from './summary.ts';
import { workloadOf } from './workload.ts';

/** Days between refreshes that the dial tries. */
export const dialPeriods = [1, 2, 3, 5, 7, 10, 14, 21, 28] as const;

/** What one refresh period comes to: drift on its worst day and on average, and what the refreshes cost a day. */
export interface DialPoint {
  refreshDays: number;
  worst: Band;
  mean: Band;
  bytesADay: number;
  rowsADay: number;
  actsADay: number;
}

/** Measures the period on the setting’s own workload, once for each seed. */
export function dialPoint(
  pairFor: (setting: Setting) => Pair,
  setting: Setting,
  seeds: readonly number[],
  refreshDays: number,
  arm: ArmId,
): DialPoint {
  const played = seeds.map((seed) => {
    const one = { ...setting, seed, refreshDays };
    const pair = pairFor(one);
    return play(pair, one, workloadOf(pair, one), arm);
  });
  const aDay = (figure: (one: Played) => number) => mean(played.map(figure)) / setting.days;
  const drifts = (one: Played) => one.samples.map(({ drift }) => drift);
  return {
    refreshDays,
    worst: band(played.map((one) => Math.max(...drifts(one)))),
    mean: band(played.map((one) => mean(drifts(one)))),
    bytesADay: aDay((one) => one.costs.bytes),
    rowsADay: aDay((one) => one.costs.rows),
    actsADay: aDay((one) => one.costs.acts),
  };
}
