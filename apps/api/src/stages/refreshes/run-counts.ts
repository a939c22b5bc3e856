import type { RefreshItem, RunCounts } from '@cinch/api-contract';

export const noCounts: RunCounts = {
  listed: 0,
  heard: 0,
  drifted: 0,
  compared: 0,
  same: 0,
  create: 0,
  change: 0,
  missing: 0,
  surplus: 0,
  withheld: 0,
  doubled: 0,
  held: 0,
  changedSince: 0,
  waiting: 0,
  inexpressible: 0,
  notCompared: 0,
  applied: 0,
  parked: 0,
  failed: 0,
  overtaken: 0,
  withdrawn: 0,
};

/** What the rows to be written add to the figures of their run. */
export type WrittenCounts = Pick<
  RunCounts,
  'create' | 'change' | 'applied' | 'parked' | 'failed' | 'overtaken' | 'withdrawn'
>;

/** The figure in which an item of this outcome is counted; none while it is open. */
const countedAs: Record<RefreshItem['outcome'], keyof WrittenCounts | null> = {
  planned: null,
  sent: null,
  stored: 'applied',
  parked: 'parked',
  mismatch: 'overtaken',
  failed: 'failed',
  withdrawn: 'withdrawn',
  exception: null,
};

/** The figures of items that have come to their end. */
export function countSettled(items: readonly { outcome: RefreshItem['outcome'] }[]): Partial<WrittenCounts> {
  const counts: Partial<WrittenCounts> = {};
  for (const { outcome } of items) {
    const name = countedAs[outcome];
    if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The figures with these added. */
export function addedTo(counts: RunCounts, more: Partial<WrittenCounts>): RunCounts {
  const names = Object.keys(more) as (keyof WrittenCounts)[];
  return { ...counts, ...Object.fromEntries(names.map((name) => [name, counts[name] + (more[name] ?? 0)])) };
}

/** Counts the items of run $1 that are to be written: the one statement that says what the figures of a run are. */
export const countWritten = `select ${[
  ...(['create', 'change'] as const).map((kind) => `count(*) filter (where kind = '${kind}')::int as ${kind}`),
  ...Object.entries(countedAs).flatMap(([outcome, name]) =>
    name === null ? [] : [`count(*) filter (where outcome = '${outcome}')::int as ${name}`],
  ),
].join(', ')} from refresh_item where run_id = $1 and kind in ('create', 'change')`;
