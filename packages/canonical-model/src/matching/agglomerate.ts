import type { Judge } from './cluster.ts';
import type { Features } from './features.ts';
import { Linkage, type Judgement } from './linkage.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';

/** Which of the records stand together already and which must never, by what stewards said. */
export interface Standing {
  areOne(a: number, b: number): boolean;
  areApart(a: number, b: number): boolean;
  unite(a: number, b: number): void;
}

interface Judged extends Judgement {
  linkage: Linkage;
}

/**
 * Unites records step by step, the best linkage first and judged anew after each union, until none is good enough. Records that stand
 * together because a steward said so are judged each for itself, however unlike: who is like one of them comes to all of them. Depends
 * on nothing but the records, their order and how they stand.
 */
export function agglomerate(records: readonly Features[], standing: Standing, { scorer, model }: Judge): void {
  const judged = firstJudgements(records, { scorer, model });
  const link = model.thresholds.link * perBit;
  for (;;) {
    const best = bestOf(judged, standing, link, model.thresholds);
    if (!best) return;
    const [into, gone] = best;
    if (isVetoedBetween(judged, standing, into, gone)) {
      judged[into]![gone]!.isVetoed = true;
      continue;
    }
    standing.unite(into, gone);
    for (let other = 0; other < records.length; other += 1) {
      if (other === into) continue;
      const moved = judged[gone]![other];
      const kept = judged[into]![other];
      judged[gone]![other] = judged[other]![gone] = null;
      if (!moved) continue;
      const linkage = kept?.linkage ?? moved.linkage.empty();
      linkage.add(moved.linkage);
      judged[into]![other] = judged[other]![into] = { linkage, ...linkage.judge(scorer, model) };
    }
    judged[into]![gone] = null;
  }
}

type Judgements = (Judged | null)[][];

function firstJudgements(records: readonly Features[], { scorer, model }: Judge): Judgements {
  const judged: Judgements = records.map(() => Array.from({ length: records.length }, () => null));
  records.forEach((one, low) => {
    for (let high = low + 1; high < records.length; high += 1) {
      const comparison = scorer.compare(one, records[high]!);
      if (!comparison) continue;
      const linkage = new Linkage(comparison.kind, comparison.levels.length);
      linkage.addPair(comparison);
      judged[low]![high] = judged[high]![low] = { linkage, ...linkage.judge(scorer, model) };
    }
  });
  return judged;
}

function bestOf(
  judged: Judgements,
  standing: Standing,
  link: number,
  thresholds: MatchModel['thresholds'],
): [number, number] | null {
  let best: [number, number] | null = null;
  let top = link;
  for (let low = 0; low < judged.length; low += 1) {
    for (let high = low + 1; high < judged.length; high += 1) {
      const one = judged[low]![high];
      if (!one || one.isVetoed || !one.isCarried || one.weight < top || (best && one.weight === top)) continue;
      if (standing.areApart(low, high) || isUnsure(judged, standing, low, high, thresholds)) continue;
      best = [low, high];
      top = one.weight;
    }
  }
  return best;
}

/** What a steward put together with the one must not be vetoed against what was put together with the other. */
function isVetoedBetween(judged: Judgements, standing: Standing, a: number, b: number): boolean {
  if (standing.areOne(a, b)) return false;
  const of = (one: number) => [...judged.keys()].filter((other) => standing.areOne(one, other));
  for (const one of of(a)) for (const other of of(b)) if (judged[one]![other]?.isBarred) return true;
  return false;
}

/** A weak union is a question for a person when a third group goes as well with one of the two and must not stand with the other. */
function isUnsure(
  judged: Judgements,
  standing: Standing,
  low: number,
  high: number,
  { unsure, rival }: MatchModel['thresholds'],
): boolean {
  const { weight } = judged[low]![high]!;
  if (weight >= unsure * perBit) return false;
  const isRival = (of: number, against: number) =>
    judged[of]!.some((other, third) => {
      if (!other || third === against || other.weight < weight - rival * perBit) return false;
      if (standing.areOne(against, third)) return false;
      const between = judged[against]![third];
      return standing.areApart(against, third) || (between != null && between.isBarred);
    });
  return isRival(low, high) || isRival(high, low);
}
