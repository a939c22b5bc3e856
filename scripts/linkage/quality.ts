// How well clusters fit the truth, by pairs and by records (B-cubed).
import {
  enoughInCommon,
  countsInCommon,
  matchKeysOf,
  type Features,
  type Linked,
  type MatchModel,
  type RecordPair,
  type Scorer,
} from '@cinch/canonical-model';

export interface Quality {
  truth: number;
  found: number;
  right: number;
  precision: number;
  recall: number;
  f1: number;
  /** B-cubed: the mean over all records. */
  b3: number;
}

const pairsIn = (count: number) => (count * (count - 1)) / 2;
const mean = (a: number, b: number) => (a + b === 0 ? 0 : (2 * a * b) / (a + b));

/** `entities`: what each record is in truth; those of which it is not known are left out. */
export function qualityOf(clusters: readonly (readonly number[])[], entities: readonly (string | null)[]): Quality {
  const sizes = new Map<string, number>();
  for (const entity of entities) if (entity !== null) sizes.set(entity, (sizes.get(entity) ?? 0) + 1);
  let [found, right, precise, recalled, records] = [0, 0, 0, 0, 0];
  for (const ids of clusters) {
    const known = ids.flatMap((id) => entities[id] ?? []);
    found += pairsIn(known.length);
    for (const [entity, { length }] of Map.groupBy(known, (one) => one)) {
      right += pairsIn(length);
      precise += (length * length) / known.length;
      recalled += (length * length) / sizes.get(entity)!;
      records += length;
    }
  }
  const truth = [...sizes.values()].reduce((sum, size) => sum + pairsIn(size), 0);
  const [precision, recall] = [found === 0 ? 1 : right / found, right / truth];
  const b3 = mean(precise / records, recalled / records);
  return { truth, found, right, precision, recall, f1: mean(precision, recall), b3 };
}

/** Pairs of one customer that are two in truth. */
export function falsePairs(
  clusters: readonly (readonly number[])[],
  entities: readonly (string | null)[],
): RecordPair[] {
  const areTwo = (a: number, b: number) => entities[a] !== null && entities[b] !== null && entities[a] !== entities[b];
  return clusters.flatMap((ids) =>
    ids.flatMap((a, at) => ids.slice(at + 1).flatMap((b): RecordPair[] => (areTwo(a, b) ? [[a, b]] : []))),
  );
}

/** Pairs of records of one entity. */
export function* truePairs(entities: readonly (string | null)[]): Generator<RecordPair> {
  for (const [entity, ids] of Map.groupBy(entities.keys(), (id) => entities[id])) {
    if (entity === null) continue;
    for (const [index, a] of ids.entries()) for (const b of ids.slice(index + 1)) yield [a, b];
  }
}

/** True pairs that two contradictions or a generation part whoever else agrees, and those that one alone does (rule 21). */
export function partedByRule(
  entities: readonly (string | null)[],
  features: readonly Features[],
  scorer: Scorer,
): { bySeveral: number; byOne: number } {
  let [bySeveral, byOne] = [0, 0];
  for (const [a, b] of truePairs(entities)) {
    const veto = scorer.compare(features[a]!, features[b]!)?.veto;
    if (veto === 'several' || veto === 'generation') bySeveral += 1;
    else if (veto) byOne += 1;
  }
  return { bySeveral, byOne };
}

/** Pairs of customers that a person is asked about, and how many of them have records of one entity. */
export function reviewsOf(
  { clusters, edges }: Pick<Linked, 'clusters' | 'edges'>,
  entities: readonly (string | null)[],
): { open: number; asked: number } {
  const clusterOf = new Map(clusters.flatMap((ids, index) => ids.map((id) => [id, index] as const)));
  const asked = new Map<string, boolean>();
  for (const { records, asks } of edges) {
    if (!asks) continue;
    const [a, b] = records.map((id) => clusterOf.get(id)!) as [number, number];
    if (a === b) continue;
    const ofOne = records.map((id) => entities[id]);
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const isRight = ofOne[0] === ofOne[1] && ofOne[0] !== null;
    asked.set(key, asked.get(key) === true || isRight);
  }
  return { open: asked.size, asked: [...asked.values()].filter(Boolean).length };
}

/** True pairs that match keys bring together, and how many keys a record is found under. */
export function foundByKeys(
  entities: readonly (string | null)[],
  features: readonly Features[],
  crowded: ReadonlySet<number>,
  { blocks }: MatchModel,
): { pairs: number; keysPerRecord: number } {
  const keys = features.map((one) => new Set(matchKeysOf(one, (key) => crowded.has(key), blocks.deepest).keys));
  let pairs = 0;
  for (const [a, b] of truePairs(entities)) {
    let common = 0;
    for (const key of keys[a]!) if (keys[b]!.has(key)) common += countsInCommon(key);
    if (common >= enoughInCommon) pairs += 1;
  }
  return { pairs, keysPerRecord: keys.reduce((sum, { size }) => sum + size, 0) / keys.length };
}
