/** What one refresh period comes to, over the seeds: the greatest share that was drifted on any day. */
interface Tried {
  refreshDays: number;
  worst: { high: number };
}

/**
 * The longest period at which no more than this share was drifted on the worst day of any seed; null where even the shortest leaves more.
 * Periods longer than one that fails are not proposed, though chance may have let one of them pass.
 */
export function proposedPeriod(points: readonly Tried[], mostDrift: number): number | null {
  let proposed: number | null = null;
  for (const point of points.toSorted((a, b) => a.refreshDays - b.refreshDays)) {
    if (point.worst.high > mostDrift) return proposed;
    proposed = point.refreshDays;
  }
  return proposed;
}
