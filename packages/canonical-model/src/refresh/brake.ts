import { defaultLimits, type Limits } from './limits.ts';

/** What a plan would do to a system, in rows. */
export interface PlanSize {
  /** Rows that the system listed. */
  listed: number;
  create: number;
  change: number;
  /** Records of the hub that the system no longer lists. */
  missing: number;
  surplus: number;
}

/** So many rows, out of so many, and the limit that they are beyond. */
interface Excess {
  count: number;
  of: number;
  /** The share up to which nothing is braked; 0 where a share is not what counts. */
  limit: number;
  /** Fewer rows than that are never braked. */
  fromRows: number;
}

/**
 * `changed-share`: more than usual would be written. `surplus-share`: more than usual is missing there, or should not be there.
 * `empty-input`: the system listed nothing, though the hub knows records of it.
 */
export interface BrakeReason extends Excess {
  code: 'changed-share' | 'surplus-share' | 'empty-input';
}

/** Why a run has to stop before anything is sent and be looked at by a person; nothing when it may go on. */
export function brakeReasons(
  { listed, create, change, missing, surplus }: PlanSize,
  limits: Limits = defaultLimits,
): BrakeReason[] {
  const known = listed + missing;
  if (listed === 0 && missing > 0 && missing >= limits.emptyRows)
    return [{ code: 'empty-input', count: missing, of: known, limit: 0, fromRows: limits.emptyRows }];
  const { changedShare, changedRows, surplusShare, surplusRows } = limits;
  const written = { count: create + change, of: listed + create, limit: changedShare, fromRows: changedRows };
  const gone = { count: missing + surplus, of: known, limit: surplusShare, fromRows: surplusRows };
  return [
    ...(isBeyond(written) ? [{ code: 'changed-share' as const, ...written }] : []),
    ...(isBeyond(gone) ? [{ code: 'surplus-share' as const, ...gone }] : []),
  ];
}

/** Why the lane stops: so many records would have been sent within the hour. */
export type LaneExcess = Excess;

/** @param count what was sent between refreshes in the last hour, with what is about to be */
export function laneExcess(count: number, records: number, limits: Limits): LaneExcess | null {
  const excess = { count, of: records, limit: limits.laneShare, fromRows: limits.laneRows };
  return isBeyond(excess) ? excess : null;
}

function isBeyond({ count, of, limit, fromRows }: Excess): boolean {
  return count >= fromRows && count > limit * of;
}
