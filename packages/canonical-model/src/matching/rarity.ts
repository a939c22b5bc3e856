import type { CountedField, MatchModel } from './model.ts';

/** All weights are whole ten-thousandths of a bit: sums then do not depend on the order of adding. */
export const perBit = 10_000;

/** How likely two strangers are to agree where nothing is counted; what the ladder's weight for *same* is meant for. */
const usual: Record<CountedField, number> = {
  given: 0.0065,
  family: 0.005,
  birthDate: 0.0003,
  email: 0.0008,
  phone: 0.0015,
  identifier: 0.0006,
  postcode: 0.02,
  town: 0.1,
  word: 0.01,
};

/** The same for a trait. */
const usualTrait = 0.03;

/**
 * What agreeing on this value is worth beside agreeing on a usual one. With the frequency f = (count − 2 + 100·u)/(n + 100), never below
 * u/10, two records do not make their own value common, and a small count falls back to what is usual.
 */
export class Rarity {
  private readonly frequencies: MatchModel['frequencies'];
  private readonly traits: NonNullable<MatchModel['traitFrequencies']>;

  constructor(model: MatchModel) {
    this.frequencies = model.frequencies;
    this.traits = model.traitFrequencies ?? {};
  }

  of(field: CountedField, value: string): number {
    return rarityOf(this.frequencies[field], value, usual[field]);
  }

  ofTrait(trait: string, value: string): number {
    return rarityOf(Object.hasOwn(this.traits, trait) ? this.traits[trait] : undefined, value, usualTrait);
  }

  /** How often a value must have been counted to be worth naming in a model. */
  static leastCount(field: CountedField | null, values: number): number {
    return Math.max(3, Math.ceil(((field ? usual[field] : usualTrait) / 10) * values));
  }
}

type Frequency = NonNullable<MatchModel['frequencies'][CountedField]>;

function rarityOf(frequency: Frequency | undefined, value: string, u: number): number {
  if (!frequency) return 0;
  const counted = Object.hasOwn(frequency.counts, value) ? frequency.counts[value]! : 0;
  const share = Math.max(u / 10, (counted - 2 + 100 * u) / (frequency.values + 100));
  return Math.round(-Math.log2(share / u) * perBit);
}
