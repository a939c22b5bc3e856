import type { AttributeId } from '@cinch/canonical-model';
import type { ArmId } from './arms/arms.ts';
import type { Played } from './play.ts';
import type { Reading } from './truth.ts';

/** A figure over the seeds: its mean, and the least and the greatest. */
export interface Band {
  mean: number;
  low: number;
  high: number;
}

/** What an arm came to over all seeds of a scenario. Shares are of all cells. */
export interface ArmSummary {
  arm: ArmId;
  seeds: number;
  /** Drift on the last day, over all days, and on the worst day. */
  end: Band;
  mean: Band;
  worst: Band;
  untold: Band;
  /** Worst right after a complete refresh; null where there was none. */
  afterRefresh: Band | null;
  untoldAfterRefresh: Band | null;
  staleDays: Band;
  lost: Band;
  /** Share of instants at which each system answered its users. */
  open: [Band, Band];
  messages: Band;
  bytes: Band;
  rows: Band;
  acts: Band;
  /** Drift on the last day by the other readings of what is contested. */
  contested: Partial<Record<Reading, Band>>;
  byDay: { day: number; drift: Band; untold: number; isOpen: boolean }[];
  byAttribute: Record<AttributeId, [number | null, number | null]>;
}

/** @param played the same arm in the same scenario, once for each seed */
export function summarize(played: readonly Played[]): ArmSummary {
  const of = (figure: (one: Played) => number) => band(played.map(figure));
  const last = (one: Played) => one.samples.at(-1)!;
  const refreshed = played.filter((one) => one.afterRefresh.length > 0);
  const worstAfter = (figure: 'drift' | 'untold') =>
    refreshed.length === 0
      ? null
      : band(refreshed.map((one) => Math.max(...one.afterRefresh.map((after) => after[figure]))));
  const readings = Object.keys(last(played[0]!).contested) as Reading[];
  return {
    arm: played[0]!.arm,
    seeds: played.length,
    end: of((one) => last(one).drift),
    mean: of((one) => mean(one.samples.map(({ drift }) => drift))),
    worst: of((one) => Math.max(...one.samples.map(({ drift }) => drift))),
    untold: of((one) => mean(one.samples.map(({ untold }) => untold))),
    afterRefresh: worstAfter('drift'),
    untoldAfterRefresh: worstAfter('untold'),
    staleDays: of((one) => mean(one.samples.map(({ stale }) => stale))),
    lost: of((one) => one.lost),
    open: [0, 1].map((side) => of((one) => mean(one.samples.map(({ open }) => Number(open[side]))))) as [Band, Band],
    messages: of((one) => one.costs.messages),
    bytes: of((one) => one.costs.bytes),
    rows: of((one) => one.costs.rows),
    acts: of((one) => one.costs.acts),
    contested: Object.fromEntries(readings.map((reading) => [reading, of((one) => last(one).contested[reading]!)])),
    byDay: played[0]!.samples.map(({ day }, index) => ({
      day,
      drift: of((one) => one.samples[index]!.drift),
      untold: mean(played.map((one) => one.samples[index]!.untold)),
      isOpen: played.every((one) => one.samples[index]!.open.every(Boolean)),
    })),
    byAttribute: Object.fromEntries(
      Object.keys(played[0]!.byAttribute).map((id) => [
        id,
        [attributeMean(played, id, 0), attributeMean(played, id, 1)],
      ]),
    ),
  };
}

function attributeMean(played: readonly Played[], id: AttributeId, side: 0 | 1): number | null {
  const shares = played.flatMap((one) => one.byAttribute[id]?.[side] ?? []);
  return shares.length === 0 ? null : mean(shares);
}

export function mean(figures: readonly number[]): number {
  return figures.length === 0 ? 0 : figures.reduce((sum, one) => sum + one, 0) / figures.length;
}

export function band(figures: readonly number[]): Band {
  return { mean: mean(figures), low: Math.min(...figures), high: Math.max(...figures) };
}
