import { cluster, type ComparedRecord, type Edge, type Judge } from './cluster.ts';
import type { Features } from './features.ts';
import { countsInCommon, enoughInCommon, limitOfKey, matchKeysOf } from './match-keys.ts';
import type { RecordPair, SaidOfPairs } from './pairs.ts';
import { leastThatIsKept, useOf } from './questions.ts';

export interface Linked {
  clusters: number[][];
  edges: Edge[];
  /** Pairs of records that were compared. */
  compared: number;
  /** Match keys that too many records share. */
  crowdedKeys: ReadonlySet<number>;
  /** So many of them were given up. */
  lost: number;
}

/** Which records of a whole population belong together, worked out in memory: the measure of what the pipeline works out piece by piece. */
export function linkAll(records: readonly ComparedRecord[], said: SaidOfPairs, judge: Judge): Linked {
  const { crowded, blocks, lost } = blocksOf(records, judge);
  const byId = new Map(records.map((record) => [record.recordId, record]));
  const edges: Edge[] = [];
  let compared = 0;
  for (const [low, high] of pairsIn(blocks)) {
    compared += 1;
    const edge = edgeOf(byId.get(low)!, byId.get(high)!, judge);
    if (edge) edges.push(edge);
  }
  return { clusters: cluster(records, edges, said, judge), edges, compared, crowdedKeys: crowded, lost };
}

/** The pairs of a whole population that are compared, by the ids of their records. */
export function comparedPairs(records: readonly ComparedRecord[], judge: Judge): RecordPair[] {
  return [...pairsIn(blocksOf(records, judge).blocks)];
}

function* pairsIn(blocks: ReadonlyMap<number, readonly number[]>): Generator<RecordPair> {
  for (const [low, others] of inCommon(blocks))
    for (const [high, count] of others) if (count >= enoughInCommon) yield [low, high];
}

/** What the keys of each pair that shares any count together, under its lower record. */
function inCommon(blocks: ReadonlyMap<number, readonly number[]>): Map<number, Map<number, number>> {
  const common = new Map<number, Map<number, number>>();
  for (const [key, block] of blocks) {
    for (const [index, one] of block.entries()) {
      for (const other of block.slice(index + 1)) {
        const [low, high] = one < other ? [one, other] : [other, one];
        let counts = common.get(low);
        if (!counts) common.set(low, (counts = new Map()));
        counts.set(high, (counts.get(high) ?? 0) + countsInCommon(key));
      }
    }
  }
  return common;
}

/** The edge between two records; null where it can neither hold a customer together nor be asked about. */
export function edgeOf(
  a: { recordId: number; features: Features | null },
  b: { recordId: number; features: Features | null },
  { scorer, model }: Judge,
): Edge | null {
  const weight = a.features && b.features ? scorer.weigh(a.features, b.features) : null;
  if (weight === null || weight < leastThatIsKept(model)) return null;
  const use = useOf(a.features!, b.features!, { scorer, model });
  if (use === null) return null;
  const records: RecordPair = a.recordId < b.recordId ? [a.recordId, b.recordId] : [b.recordId, a.recordId];
  return { records, weight, asks: use === 'asks' };
}

function blocksOf(records: readonly ComparedRecord[], { model }: Judge) {
  const crowded = new Set<number>();
  for (;;) {
    const blocks = new Map<number, number[]>();
    const lost = new Set<number>();
    for (const { recordId, features, follows } of records) {
      if (!features || follows !== null) continue;
      const found = matchKeysOf(features, (key) => crowded.has(key), model.blocks.deepest);
      for (const key of found.lost) lost.add(key);
      for (const key of found.keys) {
        const block = blocks.get(key);
        if (block) block.push(recordId);
        else blocks.set(key, [recordId]);
      }
    }
    const before = crowded.size;
    for (const [key, block] of blocks) if (block.length > limitOfKey(key, model.blocks)) crowded.add(key);
    if (crowded.size === before) return { blocks, crowded, lost: lost.size };
  }
}
