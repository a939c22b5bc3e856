import type { Delivery, Setting } from './setting.ts';
import type { Models } from './pair.ts';

/** What the arms are compared under. */
export interface Scenario {
  id: string;
  label: string;
  models: Models;
  delivery: Delivery;
  /** Days from which on something is read wrongly, as a share of all days; null: never. */
  faultAt: number | null;
  versionAt: number | null;
}

const none = { faultAt: null, versionAt: null };

export const scenarios: readonly Scenario[] = [
  {
    id: 'identical-perfect',
    label: 'identical models, perfect delivery',
    models: 'identical',
    delivery: 'perfect',
    ...none,
  },
  {
    id: 'identical-faulty',
    label: 'identical models, faulty delivery',
    models: 'identical',
    delivery: 'faulty',
    ...none,
  },
  {
    id: 'misaligned-perfect',
    label: 'misaligned models, perfect delivery',
    models: 'misaligned',
    delivery: 'perfect',
    ...none,
  },
  {
    id: 'misaligned-faulty',
    label: 'misaligned models, faulty delivery',
    models: 'misaligned',
    delivery: 'faulty',
    ...none,
  },
  {
    id: 'misread',
    label: 'misaligned, faulty, and a mapping wrong for 30 days',
    models: 'misaligned',
    delivery: 'faulty',
    faultAt: 1 / 3,
    versionAt: null,
  },
  {
    id: 'versions-apart',
    label: 'misaligned, faulty, and mapping versions two weeks apart',
    models: 'misaligned',
    delivery: 'faulty',
    faultAt: null,
    versionAt: 1 / 3,
  },
];

/** The setting of a scenario. */
export function settingOf(
  scenario: Scenario,
  of: Pick<Setting, 'seed' | 'customers' | 'days' | 'refreshDays' | 'rates'>,
): Setting {
  const day = (share: number | null) => (share === null ? null : Math.max(1, Math.round(share * of.days)));
  const { models, delivery, faultAt, versionAt } = scenario;
  return { ...of, models, delivery, faultFrom: day(faultAt), versionFrom: day(versionAt) };
}
