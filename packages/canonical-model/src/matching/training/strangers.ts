import type { Features } from '../features.ts';
import type { MatchModel } from '../model.ts';
import { perBit } from '../rarity.ts';
import type { Scorer } from '../score.ts';
import { ComparedPairs } from './compared-pairs.ts';
import { pairsAtOnce } from './session.ts';
import { pulled, type FieldShares } from './shares.ts';

/** So many pairs are drawn: levels that one pair of strangers in 10,000 has are then met some ten times. */
const drawn = 100_000;
/** More pairs than this of each record tell of nobody new. */
const drawnPerRecord = 30;
const pullOfBelief = 1_000;
/** Pairs that weigh so much are hardly strangers. */
const hardlyStrangers = 8 * perBit;

/**
 * How pairs of strangers are spread over the levels, counted from pairs drawn at random. Where the rarity of the value itself counts, the
 * model’s frequencies tell it, and the belief stays.
 */
export function* strangersAmong(
  records: readonly Features[],
  belief: readonly FieldShares[],
  { model, scorer }: { model: MatchModel; scorer: Scorer },
  draw: () => number,
): Generator<void, FieldShares[]> {
  const { kind } = records[0]!;
  const tries = Math.min(drawn, drawnPerRecord * records.length);
  const pairs = new ComparedPairs(model, kind, tries);
  for (let at = 0; at < tries; at += 1) {
    if (at % pairsAtOnce === 0) yield;
    const [one, other] = [Math.floor(draw() * records.length), Math.floor(draw() * records.length)];
    if (one === other || (scorer.weigh(records[one]!, records[other]!) ?? 0) > hardlyStrangers) continue;
    pairs.add(scorer, records[one]!, records[other]!);
  }
  return belief.map((shares, field) => {
    const counts = new Float64Array(shares.stranger.length);
    for (let pair = 0; pair < pairs.size; pair += 1) {
      const level = pairs.level(pair, field);
      if (level >= 0) counts[level]! += 1;
    }
    const learned = pulled(counts, shares.stranger, pullOfBelief);
    const stranger = learned.map((share, level) => (pairs.rare[field]![level] ? shares.stranger[level]! : share));
    return { ...shares, stranger };
  });
}
