/** What became of the lines that a load has sent so far. */
export interface LoadCounts {
  accepted: number;
  rejected: number;
  /** Of the accepted ones, those that still wait for their place. */
  waiting: number;
  error: number;
}

/** The system says that it has sent everything: whether the hub has received as many lines. */
export type Completion = { kind: 'complete' } | { kind: 'wrong-count'; received: number };

/** Why a person has to allow the sweep of a load that is complete. */
export type Doubt = 'rejects' | 'errors' | 'empty' | 'many-old';

/** How a complete load goes on. */
export type Sweep = { kind: 'wait' } | { kind: 'ask'; doubts: Doubt[] } | { kind: 'sweep' };

/** So long after it was last heard of, a load is aborted. */
export const forgottenAfterMs = 24 * 60 * 60 * 1000;

/** A load that lost or doubled a line must not say that a record is missing. `expected` counts lines, good and bad ones. */
export function decideCompletion(expected: number, { accepted, rejected }: LoadCounts): Completion {
  const received = accepted + rejected;
  return received === expected ? { kind: 'complete' } : { kind: 'wrong-count', received };
}

/**
 * Only when every line has its place is it known which records the load did not show. A bad line may stand for any record, and a load
 * without lines, or one that shows far less than is known, for a broken export: then a person has to look first. `isAllowed`: one has.
 * @param isMuch more records would be flagged than the limits of the system let pass
 */
export function decideSweep(
  { accepted, rejected, waiting, error }: LoadCounts,
  isMuch: boolean,
  isAllowed: boolean,
): Sweep {
  if (waiting > 0) return { kind: 'wait' };
  const doubts: Doubt[] = [];
  if (rejected > 0) doubts.push('rejects');
  if (error > 0) doubts.push('errors');
  if (accepted + rejected === 0) doubts.push('empty');
  if (isMuch) doubts.push('many-old');
  return doubts.length === 0 || isAllowed ? { kind: 'sweep' } : { kind: 'ask', doubts };
}

/** Nobody goes on with the load any more. Instants are in milliseconds since 1970. */
export function isForgotten(lastHeardOfAt: number, now: number): boolean {
  return now - lastHeardOfAt >= forgottenAfterMs;
}
