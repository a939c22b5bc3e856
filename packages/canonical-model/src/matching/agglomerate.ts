import type { Features } from './features.ts';
import { Linkage, type Judgement } from './linkage.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';
import type { Scorer } from './score.ts';

/** Records that stand together already, be it a single one. `foes` are numbers of groups that it must never be united with. */
export interface Group {
  features: readonly Features[];
  foes: ReadonlySet<number>;
}

interface Judged extends Judgement {
  linkage: Linkage;
}

/** Two groups that go together as badly as this, in ten-thousandths of a bit, are different customers. */
const hopeless = -10 * perBit;

/**
 * Unites groups step by step, the best linkage first and judged anew after each union, until none is good enough. Depends on nothing but
 * the groups and their order. Returns the numbers of the groups that came together.
 */
export function agglomerate(groups: readonly Group[], scorer: Scorer, model: MatchModel): number[][] {
  const sets = groups.map((_, index): number[] | null => [index]);
  const foes = groups.map((group) => new Set(group.foes));
  const judged = firstJudgements(groups, scorer, model);
  const link = model.thresholds.link * perBit;
  for (;;) {
    const best = bestOf(judged, foes, link, model.thresholds);
    if (!best) return sets.filter((set) => set !== null);
    const [into, gone] = best;
    sets[into]!.push(...sets[gone]!);
    sets[gone] = null;
    for (const foe of foes[gone]!) foes[into]!.add(foe);
    for (const each of foes) if (each.delete(gone)) each.add(into);
    foes[into]!.delete(into);
    for (let other = 0; other < groups.length; other += 1) {
      if (other === into) continue;
      const moved = judged[gone]![other];
      const kept = judged[into]![other];
      judged[gone]![other] = judged[other]![gone] = null;
      if (!moved) continue;
      const linkage = kept?.linkage ?? new Linkage(moved.linkage.kind);
      linkage.add(moved.linkage);
      judged[into]![other] = judged[other]![into] = { linkage, ...linkage.judge(scorer, model) };
    }
    judged[into]![gone] = null;
  }
}

type Judgements = (Judged | null)[][];

function firstJudgements(groups: readonly Group[], scorer: Scorer, model: MatchModel): Judgements {
  const judged: Judgements = groups.map(() => Array.from({ length: groups.length }, () => null));
  groups.forEach((one, low) => {
    for (let high = low + 1; high < groups.length; high += 1) {
      const linkage = linkageOf(one.features, groups[high]!.features, scorer);
      if (linkage) judged[low]![high] = judged[high]![low] = { linkage, ...linkage.judge(scorer, model) };
    }
  });
  return judged;
}

/** Null where no record of the one can be compared with one of the other. */
function linkageOf(a: readonly Features[], b: readonly Features[], scorer: Scorer): Linkage | null {
  let linkage: Linkage | null = null;
  for (const one of a) {
    for (const other of b) {
      const comparison = scorer.compare(one, other);
      if (comparison) (linkage ??= new Linkage(comparison.kind)).addPair(comparison);
    }
  }
  return linkage;
}

function bestOf(
  judged: Judgements,
  foes: readonly ReadonlySet<number>[],
  link: number,
  thresholds: MatchModel['thresholds'],
): [number, number] | null {
  let best: [number, number] | null = null;
  let top = link;
  for (let low = 0; low < judged.length; low += 1) {
    for (let high = low + 1; high < judged.length; high += 1) {
      const one = judged[low]![high];
      if (!one || one.isVetoed || !one.isCarried || one.weight < top || (best && one.weight === top)) continue;
      if (foes[low]!.has(high) || isUnsure(judged, foes, low, high, thresholds)) continue;
      best = [low, high];
      top = one.weight;
    }
  }
  return best;
}

/** A weak union is a question for a person when a third group goes as well with one of the two and must not stand with the other. */
function isUnsure(
  judged: Judgements,
  foes: readonly ReadonlySet<number>[],
  low: number,
  high: number,
  { unsure, rival }: MatchModel['thresholds'],
): boolean {
  const { weight } = judged[low]![high]!;
  if (weight >= unsure * perBit) return false;
  const isRival = (of: number, against: number) =>
    judged[of]!.some((other, third) => {
      if (!other || third === against || other.weight < weight - rival * perBit) return false;
      const between = judged[against]![third];
      return (
        foes[against]!.has(third) ||
        (between !== null && between !== undefined && (between.isVetoed || between.weight < hopeless))
      );
    });
  return isRival(low, high) || isRival(high, low);
}
