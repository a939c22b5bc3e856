// What a linkage of a labelled set is worth.
import type { LinkedSet } from './link.ts';

/** Two records by their places in the set. */
export type Pair = readonly [number, number];

export interface Figures {
  precision: number;
  recall: number;
  f1: number;
  right: number;
  /** True pairs in all, and those that contradict each other so that the machine may not link them (rule 21). */
  truth: number;
  parted: number;
  falsePairs: Pair[];
  /** Two customers that a person would be asked about, and how many of these are one in truth. */
  reviews: number;
  trueReviews: number;
}

export function figuresOf(set: LinkedSet): Figures {
  const { records, linked } = set;
  const of = (id: number) => records[id]!.entity;
  const falsePairs: Pair[] = [];
  let right = 0;
  for (const ids of linked.clusters) {
    for (const [a, b] of pairsOf(ids)) {
      if (of(a) === null || of(b) === null) continue;
      if (of(a) === of(b)) right += 1;
      else falsePairs.push([a, b]);
    }
  }
  const entities = Map.groupBy([...records.keys()].filter((id) => of(id) !== null), of); // prettier-ignore
  const truth = [...entities.values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const [precision, recall] = [right / Math.max(1, right + falsePairs.length), right / truth];
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  return { precision, recall, f1, right, truth, parted: partedByRule(set, [...entities.values()]), falsePairs, ...reviewsOf(set) }; // prettier-ignore
}

/** Others may still be parted by whom they stand with. */
function partedByRule({ features, scorer }: LinkedSet, entities: readonly number[][]): number {
  let parted = 0;
  for (const ids of entities)
    for (const [a, b] of pairsOf(ids)) if (scorer.compare(features[a]!, features[b]!)?.veto) parted += 1;
  return parted;
}

/** As the hub asks: two customers of whom any two records reach the threshold of a question. */
function reviewsOf({ records, linked }: LinkedSet): Pick<Figures, 'reviews' | 'trueReviews'> {
  const customerOf = new Map(linked.clusters.flatMap((ids, customer) => ids.map((id) => [id, customer])));
  const asked = new Map<string, boolean>();
  for (const { records: ids } of linked.edges) {
    const customers = ids.map((id) => customerOf.get(id)!).sort((a, b) => a - b);
    if (customers[0] === customers[1]) continue;
    const [one, other] = ids.map((id) => records[id]!.entity);
    const isTrue = one != null && one === other;
    asked.set(customers.join(), isTrue || (asked.get(customers.join()) ?? false));
  }
  return { reviews: asked.size, trueReviews: [...asked.values()].filter(Boolean).length };
}

export function pairsOf(ids: readonly number[]): Pair[] {
  return ids.flatMap((a, index) => ids.slice(index + 1).map((b): Pair => [a, b]));
}
