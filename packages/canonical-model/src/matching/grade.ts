import type { Judge } from './cluster.ts';
import type { Features } from './features.ts';
import { Linkage } from './linkage.ts';
import { useOf } from './questions.ts';
import { perBit } from './rarity.ts';
import type { Comparison } from './score.ts';

/** `same`: the pipeline would link it, if nobody else were as like. `maybe`: it would ask a person. */
export type MatchGrade = 'same' | 'maybe';

export interface Graded {
  grade: MatchGrade;
  /** Ten-thousandths of a bit, over all pairs. */
  weight: number;
  /** Against the one of the records that goes with it best. */
  comparison: Comparison;
}

/** How well somebody goes together with a customer that has these records; null where they do not even make a question. */
export function gradeOf(somebody: Features, records: readonly Features[], { scorer, model }: Judge): Graded | null {
  const compared = records.flatMap((record) => scorer.compare(somebody, record) ?? []);
  if (compared.length === 0) return null;
  const linkage = new Linkage(somebody.kind, compared[0]!.levels.length);
  for (const one of compared) linkage.addPair(one);
  const { weight, isVetoed, isCarried } = linkage.judge(scorer, model);
  const comparison = compared.reduce((best, one) => (one.weight > best.weight ? one : best));
  if (weight >= model.thresholds.link * perBit && isCarried && !isVetoed) return { grade: 'same', weight, comparison };
  const asks = records.some((record) => useOf(somebody, record, { scorer, model }) === 'asks');
  return asks ? { grade: 'maybe', weight, comparison } : null;
}
