import type { RecordPair } from '../matching/pairs.ts';
import type { Pin } from '../survivorship/golden.ts';
import type { Decision, Link, NotSame, Proposed } from './decision.ts';

/** Merging two customers is a link between their founding records. */
export function mergeDecision(founder: number, other: number): Proposed<Link> {
  return { kind: 'link', records: pair(founder, other) };
}

/** The two sides of a split. */
export interface Sides {
  stay: readonly number[];
  leave: readonly number[];
}

/**
 * Splitting records off is a not-same between each two records across the sides, so that no way round brings them together again. Links
 * across contradict it; those within a side stay.
 */
export function splitDecisions(
  { stay, leave }: Sides,
  standing: readonly Decision[],
): { proposed: Proposed<NotSame>[]; contradicted: Link[] } {
  const across = stay.flatMap((one) => leave.map((other) => pair(one, other)));
  const isAcross = new Set(across.map(String));
  const there = new Set(standing.flatMap((each) => (each.kind === 'not-same' ? [String(pair(...each.records))] : [])));
  return {
    proposed: across
      .filter((records) => !there.has(String(records)))
      .sort(byRecords)
      .map((records) => ({ kind: 'not-same', records })),
    contradicted: standing
      .filter((decision) => decision.kind === 'link')
      .filter(({ records }) => isAcross.has(String(pair(...records)))),
  };
}

/** Which pins each side keeps: a pin goes with the record that it was made on. */
export function pinsOfSides({ stay, leave }: Sides, pins: readonly Pin[]): { stay: Pin[]; leave: Pin[] } {
  return {
    stay: pins.filter(({ recordId }) => stay.includes(recordId)),
    leave: pins.filter(({ recordId }) => leave.includes(recordId)),
  };
}

function pair(a: number, b: number): RecordPair {
  return a < b ? [a, b] : [b, a];
}

function byRecords(a: Proposed<NotSame>['records'], b: Proposed<NotSame>['records']): number {
  return a[0] - b[0] || a[1] - b[1];
}
