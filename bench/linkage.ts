import type pg from 'pg';
import type { BenchRow } from './population.ts';

/** Pairwise precision and recall of the hub's customers against the truth of the rows. */
export async function linkageOf(
  db: pg.Client,
  rows: readonly Pick<BenchRow, 'key' | 'truth'>[],
): Promise<{ precision: number; recall: number }> {
  const crosswalk = await db.query<{ key: string; customer: string }>(
    'select source_key as key, customer_id as customer from source_record',
  );
  const truthOf = new Map(rows.map((row) => [row.key, row.truth]));
  const pairs = (groups: Iterable<number>) => [...groups].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const sizes = <Key>(keys: Iterable<Key>) => {
    const counts = new Map<Key, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts.values();
  };
  const found = crosswalk.rows.map((row) => ({ customer: row.customer, truth: truthOf.get(row.key)! }));
  const both = pairs(sizes(found.map((row) => `${row.customer} ${row.truth}`)));
  const linked = pairs(sizes(found.map((row) => row.customer)));
  const true_ = pairs(sizes(rows.map((row) => row.truth)));
  return { precision: linked === 0 ? 1 : both / linked, recall: both / true_ };
}
