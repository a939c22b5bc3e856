import type { AttributeId } from '@cinch/canonical-model';
import type { Models } from './pair.ts';

export const dayMs = 86_400_000;

/** *perfect*: every message arrives, once, in order and at once. *faulty*: see `faultRates`. */
export type Delivery = 'perfect' | 'faulty';

/** What is played. The same setting plays the same, to the byte. */
export interface Setting {
  seed: number;
  customers: number;
  days: number;
  models: Models;
  delivery: Delivery;
  /** Days between two complete refreshes, for the arms that have any. */
  refreshDays: number;
  /** From this day on the first system's words are misread in one attribute, for `faultDays` days; null: never. */
  faultFrom: number | null;
  /** From this day on the first system writes by a new version of its model, which others read two weeks later; null: never. */
  versionFrom: number | null;
  /** How often something happens to a customer. */
  rates: Rates;
  /** How often each attribute is changed, one beside the other; where left out, as is usual for its shape. */
  weights?: Readonly<Record<AttributeId, number>>;
  /** The share of messages that faulty delivery loses, where it is another than usual. */
  lost?: number;
  /** The share of changes that their system tells nobody of, so that nobody can send them again: only who looks finds them. */
  untold?: number;
}

/** Per customer and year. */
export interface Rates {
  edits: number;
  /** Amounts added to a count, such as points of a purchase. */
  increments: number;
  /** Per customer there at the start. */
  creates: number;
  deletes: number;
  merges: number;
  /** The share of edits after which the other system's user changes the same attribute within a second. */
  simultaneous: number;
}

export const usualRates: Rates = {
  edits: 12,
  increments: 6,
  creates: 0.1,
  deletes: 0.02,
  merges: 0.02,
  simultaneous: 0.02,
};

/** Shares of messages, and how long things take. */
export const faultRates = {
  lost: 0.01,
  doubled: 0.01,
  reordered: 0.02,
  /** A message that nothing befalls arrives after this. */
  usualDelayMs: 2_000,
  /** One that is overtaken, and the second copy of a doubled one, arrives at most this late. */
  longestDelayMs: 2 * dayMs,
  /** Each system misses what comes on one day of so many. */
  downOneDayIn: 30,
} as const;

/** How long a misreading lasts until somebody mends the mapping. */
export const faultDays = 30;
/** How long after a system its partners learn of a new version of its model. */
export const versionLagDays = 14;
/** How long a question waits for a steward. */
export const stewardDelayMs = 86_400_000;

export const smallSetting: Setting = {
  seed: 1,
  customers: 100,
  days: 60,
  models: 'misaligned',
  delivery: 'faulty',
  refreshDays: 7,
  faultFrom: null,
  versionFrom: null,
  rates: usualRates,
};
