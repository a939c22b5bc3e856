import { alwaysPass, defaultLimits, growthShare, type Limits } from './limits.ts';
import { measuresIn, type Measure, type Tally } from './tally.ts';

/** What a run does to a system: what all of its rounds write, the next one among them, and what its last listing showed. */
export interface PlanSize {
  /** Rows that the system listed. */
  listed: number;
  tally: Tally;
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

type WriteCode = 'changed-share' | 'created-share' | 'kind-share' | 'values-share' | 'emptied-share';

/** More is written than usual: of which attribute, where values are what counts. */
interface WriteExcess extends Excess {
  code: WriteCode;
  attribute?: string;
}

/**
 * `surplus-share`: more than usual is missing there, or should not be there. `empty-input`: the system listed nothing, though the hub knows
 * records of it. `unseen`: rows would be written otherwise than a person saw when letting the run go on.
 */
export type BrakeReason =
  WriteExcess | (Excess & { code: 'surplus-share' | 'empty-input' | 'unseen'; attribute?: never });

/** Why a run has to stop before more is sent and be looked at by a person; nothing when it may go on. */
export function brakeReasons(size: PlanSize, limits: Limits = defaultLimits): BrakeReason[] {
  const { listed, tally, missing } = size;
  if (listed === 0 && missing > 0 && missing >= limits.emptyRows)
    return [{ code: 'empty-input', count: missing, of: missing, limit: 0, fromRows: limits.emptyRows }];
  return [...writeExcesses(tally, listed + (tally.created ?? 0), limits), ...goneExcess(size, limits)];
}

/** What a person saw of a run when letting it go on. */
export interface Approval {
  /** Rows that were to be written. */
  rows: number;
  /** Rows that were missing or surplus. */
  gone: number;
}

/** Whether what was approved by its number has grown to more than it may. */
export function isGrown(count: number, approved: number): boolean {
  return count > approved + growthOf(approved);
}

/** By so much a number may have grown since a person approved it. */
export function growthOf(approved: number): number {
  return Math.max(alwaysPass, growthShare * approved);
}

/** Why a run that a person has let go on has to be looked at again. `unseen`: its rows that are written otherwise than that person saw. */
export function reasonsSinceApproval(
  { listed, tally, missing, surplus }: PlanSize,
  approval: Approval,
  unseen: number,
): BrakeReason[] {
  const known = listed + missing;
  const gone = missing + surplus;
  const grown = { limit: growthShare, fromRows: alwaysPass + 1 };
  return [
    ...(unseen > growthOf(approval.rows)
      ? [{ code: 'unseen' as const, count: unseen, of: listed + (tally.created ?? 0), ...grown }]
      : []),
    ...(isGrown(gone, approval.gone) ? [{ code: 'surplus-share' as const, count: gone, of: known, ...grown }] : []),
  ];
}

/** Why the lane stops: so much would have been sent within the hour. */
export type LaneExcess = WriteExcess;

/** @param tally what was sent between refreshes in the last hour, with what is about to be */
export function laneExcess(tally: Tally, records: number, limits: Limits): LaneExcess | null {
  const { laneShare: changedShare, laneRows: changedRows } = limits;
  return writeExcesses(tally, records, { ...limits, changedShare, changedRows })[0] ?? null;
}

/** So many rows may go out between refreshes in an hour. */
export function laneAllows(records: number, { laneShare, laneRows }: Limits): number {
  return Math.max(laneRows - 1, Math.floor(laneShare * records));
}

function writeExcesses(tally: Tally, of: number, limits: Limits): WriteExcess[] {
  return measuresIn(tally)
    .map(([measure, count]): WriteExcess => {
      const [what, attribute] = measure.split(' ') as [keyof typeof braked, string?];
      const { code, share, rows } = braked[what];
      return { code, ...(attribute && { attribute }), count, of, limit: limits[share], fromRows: limits[rows] };
    })
    .filter(isBeyond)
    .sort((one, other) => codes.indexOf(one.code) - codes.indexOf(other.code) || other.count - one.count);
}

type Counted = Measure extends infer Each ? (Each extends `${infer What} ${string}` ? What : Each) : never;

/** Each measure with its limits. The first is what a person types the number of. */
const braked: Record<Counted, { code: WriteCode; share: keyof Limits; rows: keyof Limits }> = {
  written: { code: 'changed-share', share: 'changedShare', rows: 'changedRows' },
  created: { code: 'created-share', share: 'createdShare', rows: 'createdRows' },
  kind: { code: 'kind-share', share: 'kindShare', rows: 'kindRows' },
  emptied: { code: 'emptied-share', share: 'emptiedShare', rows: 'emptiedRows' },
  values: { code: 'values-share', share: 'valuesShare', rows: 'valuesRows' },
};
const codes = Object.values(braked).map(({ code }) => code);

function goneExcess({ listed, missing, surplus }: PlanSize, limits: Limits): BrakeReason[] {
  const { surplusShare: limit, surplusRows: fromRows } = limits;
  const gone = { count: missing + surplus, of: listed + missing, limit, fromRows };
  return isBeyond(gone) ? [{ code: 'surplus-share', ...gone }] : [];
}

/** Whether a load would flag so many records as old that a person has to look first. */
export function sweepExcess(count: number, records: number, limits: Limits): Excess | null {
  const excess = { count, of: records, limit: limits.sweptShare, fromRows: limits.sweptRows };
  return isBeyond(excess) ? excess : null;
}

function isBeyond({ count, of, limit, fromRows }: Excess): boolean {
  return count >= fromRows && count > limit * of;
}
