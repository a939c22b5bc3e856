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

/**
 * `changed-share`: more than usual would be written. `surplus-share`: more than usual is missing there, or should not be there.
 * `empty-input`: the system listed nothing, though the hub knows records of it.
 */
export interface BrakeReason {
  code: 'changed-share' | 'surplus-share' | 'empty-input';
  /** So many rows, out of so many. */
  count: number;
  of: number;
  /** The share up to which nothing is braked; 0 for `empty-input`. */
  limit: number;
}

/** Below so many rows a share says nothing: three changed rows of ten are a day's work. */
const changedShare = { limit: 0.2, fromRows: 100 };
const surplusShare = { limit: 0.05, fromRows: 20 };

/** Why a run has to stop before anything is sent and be looked at by a person; nothing when it may go on. */
export function brakeReasons({ listed, create, change, missing, surplus }: PlanSize): BrakeReason[] {
  const known = listed + missing;
  if (listed === 0 && missing > 0) return [{ code: 'empty-input', count: missing, of: known, limit: 0 }];
  const written: BrakeReason = {
    code: 'changed-share',
    count: create + change,
    of: listed + create,
    limit: changedShare.limit,
  };
  const gone: BrakeReason = { code: 'surplus-share', count: missing + surplus, of: known, limit: surplusShare.limit };
  return [
    ...(isBeyond(written, changedShare.fromRows) ? [written] : []),
    ...(isBeyond(gone, surplusShare.fromRows) ? [gone] : []),
  ];
}

function isBeyond({ count, of, limit }: BrakeReason, fromRows: number): boolean {
  return count >= fromRows && count > limit * of;
}
