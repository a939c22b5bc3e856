/** A customer as naming sees it: its founding record names it, as long as that lives; then the record that it was handed on to. */
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
  const byFounder = new Map<number, number>();
  // One record may have been handed further ids: the oldest of them names its customer.
  for (const { founder, customerId } of founded)
    byFounder.set(founder, Math.min(customerId, byFounder.get(founder) ?? customerId));
  return clusters.map((records) => {
    const founders = records.filter((record) => byFounder.has(record));
    const founder = founders.toSorted((a, b) => byFounder.get(a)! - byFounder.get(b)!)[0] ?? records[0]!;
    return { customerId: byFounder.get(founder) ?? null, founder, records: [...records] };
  });
}
