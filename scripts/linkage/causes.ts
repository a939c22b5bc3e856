// Why true pairs are missed: each has one cause, the first that holds.
import {
  enoughInCommon,
  countsInCommon,
  gradeOf,
  Linkage,
  matchKeysOf,
  perBit,
  type RecordPair,
} from '@cinch/canonical-model';
import type { LinkedSet } from './link.ts';
import { truePairs } from './quality.ts';

/**
 * `never compared`: no keys bring them together. `parted for good` and `parted once`: two contradictions or more, and one (rule 21), with
 * what contradicts. `too light`: below the threshold. `not carried`: enough weight, too little besides the names. `lost in the group`:
 * alone they would be linked, and others stand against it, or one was linked to somebody else first.
 */
export function causesOf(set: LinkedSet): Map<string, number> {
  const causes = new Map<string, number>();
  for (const [a, b] of missedPairs(set)) {
    const cause = causeOf(set, a, b);
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return new Map([...causes].sort(([, a], [, b]) => b - a));
}

export function missedPairs({ records, linked }: LinkedSet): RecordPair[] {
  const clusterOf = new Map(linked.clusters.flatMap((ids, index) => ids.map((id) => [id, index])));
  const pairs = [...truePairs(records.map(({ entity }) => entity))];
  return pairs.filter(([a, b]) => clusterOf.get(a) !== clusterOf.get(b));
}

export function causeOf(set: LinkedSet, a: number, b: number): string {
  const { features, scorer, model, linked } = set;
  const [one, other] = [features[a]!, features[b]!];
  const comparison = scorer.compare(one, other);
  if (comparison === null) return 'of two kinds';
  const { veto, weight } = comparison;
  if (veto !== null) return `parted, ${veto}`;
  const keysOf = (id: number) => matchKeysOf(features[id]!, (key) => linked.crowdedKeys.has(key), model.blocks.deepest);
  const keys = new Set(keysOf(a).keys);
  const common = keysOf(b).keys.reduce((sum, key) => sum + (keys.has(key) ? countsInCommon(key) : 0), 0);
  const graded = gradeOf(one, [other], { scorer, model });
  const isGood = graded?.grade === 'same';
  if (common < enoughInCommon) return isGood ? 'never compared' : 'never compared, nor would they link';
  if (isGood) return `lost in the group, ${whyApart(set, a, b)}`;
  return weight < model.thresholds.link * perBit ? 'too light' : 'not carried';
}

/** What keeps the customers of the two apart, judged over all pairs of their records. */
function whyApart({ features, scorer, model, linked }: LinkedSet, a: number, b: number): string {
  const groupOf = (id: number) => linked.clusters.find((ids) => ids.includes(id))!;
  let all: Linkage | null = null;
  for (const one of groupOf(a)) {
    for (const other of groupOf(b)) {
      const comparison = scorer.compare(features[one]!, features[other]!)!;
      all ??= new Linkage(comparison.kind, comparison.levels.length);
      all.addPair(comparison);
    }
  }
  const { weight, isBarred, isVetoed, isCarried } = all!.judge(scorer, model);
  if (isVetoed) return isBarred ? 'which contradict each other for good' : 'of which half contradict each other';
  if (weight < model.thresholds.link * perBit) return 'which are too light';
  return isCarried ? 'which have a rival' : 'which are not carried';
}
