import { describe, expect, it } from 'vitest';
import { armIds, type ArmId } from './arms/arms.ts';
import { aSetting, shippedPair } from './fixtures.ts';
import type { Models } from './pair.ts';
import { play } from './play.ts';
import { usualRates, type Delivery, type Setting } from './setting.ts';
import { summarize } from './summary.ts';
import { workloadOf } from './workload.ts';

function played(arm: ArmId, models: Models, delivery: Delivery, more: Partial<Setting> = {}) {
  const setting = aSetting(models, delivery, more);
  const pair = shippedPair(models);
  return play(pair, setting, workloadOf(pair, setting), arm);
}

const worst = (one: ReturnType<typeof played>) => Math.max(...one.samples.map(({ drift }) => drift));
const end = (one: ReturnType<typeof played>) => one.samples.at(-1)!.drift;

describe('the lab, in small', () => {
  it.each(armIds)('identical models and perfect delivery leave exactly nothing drifted: %s', (arm) => {
    const one = played(arm, 'identical', 'perfect');
    expect(one.cells).toBeGreaterThan(500);
    expect({ arm, worst: worst(one), lost: one.lost }).toEqual({ arm, worst: 0, lost: 0 });
  });

  it('misaligned models drift though every message arrives, whole rows more than changes', () => {
    const [changes, whole] = (['changes-two-way', 'whole-two-way'] as const).map((arm) =>
      played(arm, 'misaligned', 'perfect', { customers: 100 }),
    );
    expect(end(changes!)).toBeGreaterThan(0);
    expect(end(whole!)).toBeGreaterThan(end(changes!));
  });

  it('where models are one and one system leads, whole rows heal what was lost, and changes do not', () => {
    const [changes, whole] = (['changes-one-way', 'whole-one-way'] as const).map((arm) =>
      played(arm, 'identical', 'faulty', { customers: 100, days: 90 }),
    );
    expect(end(whole!)).toBeLessThan(end(changes!));
  });

  it.each(['pessimistic', 'hub'] as const)(
    'every refresh leaves nothing drifted that nobody was told of: %s',
    (arm) => {
      const one = played(arm, 'misaligned', 'faulty', { customers: 30, days: 36 });
      expect(one.afterRefresh.length).toBeGreaterThan(3);
      expect(worst(one)).toBeGreaterThan(0);
      expect(one.afterRefresh.map(({ untold }) => untold)).toEqual(one.afterRefresh.map(() => 0));
    },
  );

  it.each(['identical', 'misaligned'] as const)(
    'what is lost between the hub and its systems is sent again, with no refresh for it: %s models',
    (models) => {
      const one = played('hub', models, 'faulty', { customers: 30, days: 30, refreshDays: 100, lost: 0.3 });
      expect(one.afterRefresh).toEqual([]);
      expect({ lost: one.lost, untold: one.samples.at(-1)!.untold }).toEqual({ lost: 0, untold: 0 });
    },
  );

  it('what a system tells nobody of stays drifted until a refresh, the longer the period the more of it', () => {
    const drift = (refreshDays: number) => {
      const more = { customers: 30, days: 42, untold: 0.3, refreshDays };
      return summarize([played('hub', 'misaligned', 'faulty', more)]).mean.mean;
    };
    const [daily, weekly, never] = [drift(1), drift(7), drift(100)];
    expect(weekly).toBeGreaterThan(2 * daily);
    expect(never).toBeGreaterThan(2 * weekly);
  });

  it('call and response has nothing drifted, and the outages of both', () => {
    const one = played('call', 'misaligned', 'faulty', { days: 60 });
    expect(worst(one)).toBe(0);
    expect(one.samples.filter(({ open }) => !open[0]).length).toBeGreaterThan(0);
    expect(one.samples.every(({ open }) => open[1])).toBe(true);
  });

  it('who could not be entered during an outage is entered after it, and changed after that', () => {
    const rates = { ...usualRates, edits: 200, creates: 6 };
    const one = played('call', 'misaligned', 'faulty', { customers: 10, days: 60, rates });
    expect(one.costs.acts).toBeGreaterThan(0);
    expect({ worst: worst(one), lost: one.lost }).toEqual({ worst: 0, lost: 0 });
  });

  it('a mapping that is wrong for a while is put right by the hub, and stays wrong where only events go', () => {
    const more = { faultFrom: 5, days: 49, customers: 20 };
    const hub = played('hub', 'misaligned', 'perfect', more);
    expect(worst(hub)).toBeGreaterThan(0);
    // What remains was meant over a screen that showed it already, wrongly: nobody typed it.
    expect(hub.afterRefresh.at(-1)!.drift).toBeLessThan(worst(hub) / 4);
    const alone = played('changes-two-way', 'misaligned', 'perfect', more);
    const never = played('changes-two-way', 'misaligned', 'perfect', { days: 49, customers: 20 });
    expect(end(alone)).toBeGreaterThan(end(never));
    expect(end(alone)).toBeGreaterThan(hub.afterRefresh.at(-1)!.drift);
  });

  it('the same seed plays the same, another one another', () => {
    const text = (seed: number) =>
      JSON.stringify(summarize([played('hub', 'misaligned', 'faulty', { seed, days: 15, customers: 12 })]));
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it('what a narrow system’s word means is judged in three ways, and the choice moves the figures', () => {
    const { contested, drift } = played('call', 'misaligned', 'perfect', { customers: 100, days: 60 }).samples.at(-1)!;
    expect(Object.keys(contested)).toEqual(['literal', 'ended']);
    expect(contested.ended).not.toBe(drift);
  });
});
