import { perBit } from '../rarity.ts';
import { againstBoth } from '../score.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { bounded, monotone, pulled, type FieldShares } from './shares.ts';

/** What is believed of one kind before its pairs are looked at. */
export interface Belief {
  /** In bits: for *the same* against a stranger, and against a housemate. */
  priors: { stranger: number; housemate: number };
  shares: readonly FieldShares[];
  /** Against a housemate, by field and level, in bits, for the shares as believed. */
  housemate: readonly (readonly number[])[];
}

/** What a steward said of pairs, by their places: the same customer, or not. */
export type Labels = ReadonlyMap<number, boolean>;

export interface Session {
  /** The field by which all of its pairs agree; null for all pairs that are compared. */
  by: number | null;
  pairs: number;
  /** So many of them are the same customer, as far as it learned. */
  expected: number;
  /** By field, the share of each level among pairs of one customer; null for the field by which all agree. */
  same: (Float64Array | null)[];
  /** In bits: for *the same* against a housemate, before anything is compared. */
  housemate: number;
  /** By field, how many pairs of one customer told of it. */
  told: Float64Array;
}

const [roundsOfAll, roundsOfSession] = [8, 4];
/** So many pairs is the belief worth of how many people of one house are in the list, and by so many bits it may be wrong. */
const [pullOfPrior, mostHousemates] = [200, 4];
/** What was believed before counts as so many pairs: 1000 did least harm on public sets, at no cost where many pairs speak. */
const pullOfBelief = 1_000;
/** In bits: a field learns of pairs that the others make likely, not of those that they leave open. */
const caution = 2;
/** A few milliseconds of work: then others have their turn. */
export const pairsAtOnce = 2_000;
/** A steward looked at both records: one answer counts as so many pairs that only look alike. */
const pairsPerLabel = 5;

/**
 * Learns by expectation and maximisation how pairs of one customer are spread over the levels. Each field learns of what all others say of
 * a pair, so that no field proves itself.
 */
export function* learn(
  pairs: ComparedPairs,
  belief: Belief,
  labels: Labels,
  by: number | null,
): Generator<void, Session> {
  const members = membersOf(pairs, belief, by);
  const rounds = by === null ? roundsOfAll : roundsOfSession;
  let step: Step = { same: belief.shares.map((one) => one.same), housemate: belief.priors.housemate };
  let tally: Tally | null = null;
  for (let round = 0; round < rounds; round += 1) {
    tally = yield* tallyOf(pairs, members, belief, step, labels, by);
    const { counts, expected, housemates } = tally;
    const odds = Math.log2((expected + pullOfPrior) / (housemates + pullOfPrior * 2 ** -belief.priors.housemate));
    step = {
      same: belief.shares.map((one, field) =>
        monotone(bounded(pulled(counts[field]!, one.same, pullOfBelief), one.same), one.stranger),
      ),
      // Never rasher than was believed: many people of one house are in the list, or as many as in others.
      housemate: Math.max(belief.priors.housemate - mostHousemates, Math.min(belief.priors.housemate, odds)),
    };
  }
  const same = step.same.map((one, field) => (field === by ? null : one));
  return { by, pairs: members.length, same, housemate: step.housemate, expected: tally!.expected, told: tally!.told };
}

interface Step {
  same: Float64Array[];
  housemate: number;
}

interface Tally {
  counts: Float64Array[];
  told: Float64Array;
  /** Pairs of one customer, and of two who live together. */
  expected: number;
  housemates: number;
}

function* tallyOf(
  pairs: ComparedPairs,
  members: readonly number[],
  belief: Belief,
  step: Step,
  labels: Labels,
  by: number | null,
): Generator<void, Tally> {
  // prettier-ignore
  const tables = tablesOf(belief, step.same);
  const priors = { stranger: belief.priors.stranger, housemate: step.housemate };
  const counts = belief.shares.map((one) => new Float64Array(one.same.length));
  const told = new Float64Array(pairs.fields);
  let [expected, housemates] = [0, 0];
  for (const [at, pair] of members.entries()) {
    if (at % pairsAtOnce === 0) yield;
    const said = labels.get(pair);
    const sums = weigh(pairs, pair, tables);
    const [same, house] = chances(priors, sums.stranger, sums.housemate, 0);
    expected += said === undefined ? (pairs.isBarred(pair) ? 0 : same) : Number(said);
    housemates += said === true ? 0 : house;
    if (said === false || (said === undefined && pairs.isBarred(pair))) continue;
    for (let field = 0; field < pairs.fields; field += 1) {
      const level = pairs.level(pair, field);
      if (level < 0 || field === by) continue;
      const stranger = sums.stranger - tables.stranger[field]![level]! - pairs.rarityOf(pair, field);
      const others = chances(priors, stranger, sums.housemate - tables.housemate[field]![level]!, caution)[0];
      const chance = said ? pairsPerLabel : others;
      counts[field]![level]! += chance;
      told[field]! += chance;
    }
  }
  return { counts, told, expected, housemates };
}

/** How likely it is the same customer, and how likely somebody of the same house. */
function chances(priors: Belief['priors'], stranger: number, housemate: number, less: number): [number, number] {
  const away = 2 ** Math.max(-60, Math.min(60, less - priors.stranger - stranger));
  const house = 2 ** Math.max(-60, Math.min(60, less - priors.housemate - housemate));
  const all = 1 + away + house;
  return [1 / all, house / all];
}

export interface Tables {
  stranger: number[][];
  housemate: number[][];
}

/** Weights in bits for the shares. */
export function tablesOf({ shares, housemate }: Belief, same: readonly Float64Array[]): Tables {
  const against = (field: number, weightOf: (level: number) => number) =>
    Array.from(shares[field]!.same, (_, level) => weightOf(level));
  return {
    stranger: same.map((one, field) => against(field, (at) => Math.log2(one[at]! / shares[field]!.stranger[at]!))),
    housemate: same.map((one, field) =>
      against(field, (at) => housemate[field]![at]! + Math.log2(one[at]! / shares[field]!.same[at]!)),
    ),
  };
}

export interface Sums {
  stranger: number;
  housemate: number;
}

export function weigh(pairs: ComparedPairs, pair: number, { stranger, housemate }: Tables): Sums {
  const sums = { stranger: 0, housemate: 0 };
  for (let field = 0; field < pairs.fields; field += 1) {
    const level = pairs.level(pair, field);
    if (level < 0) continue;
    sums.stranger += stranger[field]![level]! + pairs.rarityOf(pair, field);
    sums.housemate += housemate[field]![level]!;
  }
  return sums;
}

/** Bits for *the same* against both rivals. */
export function bitsOf({ priors }: Belief, sums: Sums): number {
  return againstBoth((priors.stranger + sums.stranger) * perBit, (priors.housemate + sums.housemate) * perBit) / perBit;
}

function membersOf(pairs: ComparedPairs, { shares }: Belief, by: number | null): number[] {
  const all = Array.from({ length: pairs.size }, (_, pair) => pair);
  return by === null ? all : all.filter((pair) => pairs.level(pair, by) === shares[by]!.same.length - 1);
}
