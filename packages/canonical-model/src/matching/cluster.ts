/** A source record as clustering sees it. */
export interface Clusterable {
  recordId: number;
  /** Deterministic keys; a record that the hub created has none: it is no evidence. */
  keys: readonly string[];
  /** For a record that the hub created: the founding record of the customer it was made for. */
  follows: number | null;
}

/** Groups of records that belong to one customer: connected by a shared key, or by following. Does not depend on the order. */
export function cluster(records: readonly Clusterable[]): number[][] {
  const parent = new Map(records.map(({ recordId }) => [recordId, recordId]));
  const find = (id: number): number => {
    let root = id;
    while (parent.get(root)! !== root) root = parent.get(root)!;
    for (let next = id; next !== root;) {
      const above = parent.get(next)!;
      parent.set(next, root);
      next = above;
    }
    return root;
  };
  const union = (a: number, b: number) => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    parent.set(high, low);
  };
  const firstWith = new Map<string, number>();
  for (const { recordId, keys, follows } of records) {
    if (follows !== null && parent.has(follows)) union(recordId, follows);
    for (const key of keys) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, recordId);
      else union(recordId, first);
    }
  }
  const groups = Map.groupBy(parent.keys(), find);
  return [...groups.values()].map((group) => group.toSorted((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

/** A customer as naming sees it: its founding record names it for ever. */
export interface Founded {
  customerId: number;
  founder: number;
}

/** `customerId` null: a customer is founded by `founder`. */
export interface NamedCluster {
  customerId: number | null;
  founder: number;
  records: number[];
}

/**
 * Which customer each cluster is: the one whose founding record it holds, of several the one founded first; the others' ids then
 * resolve to it through their founding records. A cluster without a founding record founds a customer on its first record.
 */
export function nameClusters(clusters: readonly (readonly number[])[], founded: readonly Founded[]): NamedCluster[] {
  const byFounder = new Map(founded.map((customer) => [customer.founder, customer.customerId]));
  return clusters.map((records) => {
    const founders = records.filter((record) => byFounder.has(record));
    const founder = founders.toSorted((a, b) => byFounder.get(a)! - byFounder.get(b)!)[0] ?? records[0]!;
    return { customerId: byFounder.get(founder) ?? null, founder, records: [...records] };
  });
}
