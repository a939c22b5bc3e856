import {
  added,
  brakeReasons,
  growthOf,
  reasonsSinceApproval,
  type BrakeReason,
  type Limits,
  type PlanSize,
} from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';
import type { PlanSum } from '../stages/refreshes/plan.ts';
import type { Next, RunRow } from '../stages/refreshes/runs.store.ts';

/** The run with its plan, and what it is braked for: in every round all that it wrote counts, or all that is otherwise than a person saw. */
export function withPlan(run: RunRow, limits: Limits, { next, kinds, compared, same, hash }: PlanSum): RunRow {
  const counts = { ...run.counts, ...kinds, compared };
  if (run.round === 0) counts.same = same;
  const planned = { ...run, planHash: hash, counts, tallies: { ...run.tallies, next } };
  return { ...planned, brake: reasonsFor(planned, limits, next) };
}

function reasonsFor(run: RunRow, limits: Limits, { tally, unseen }: Next): BrakeReason[] {
  const { written, approved, unseen: unseenBefore } = run.tallies;
  const { listed, missing, surplus } = run.counts;
  const size: PlanSize = { listed, missing, surplus, tally: added(written, tally) };
  return approved ? reasonsSinceApproval(size, approved, unseenBefore + unseen) : brakeReasons(size, limits);
}

/** Whether so much may still be sent, without a look at the run by a person. What is missing was looked at when the plan was made. */
export function maySend(run: RunRow, limits: Limits, { tally, unseen }: Next): boolean {
  const { approved, unseen: before } = run.tallies;
  if (approved) return before + unseen <= growthOf(approved.rows);
  const { listed } = run.counts;
  const size = { listed, missing: 0, surplus: 0, tally: added(run.tallies.written, tally) };
  return brakeReasons(size, limits).length === 0;
}

/** The run as a person has seen it who lets it go on now. */
export function approved(run: RunRow): RunRow {
  const seen = { rows: run.tallies.next.tally.written ?? 0, gone: run.counts.missing + run.counts.surplus };
  return { ...run, tallies: { ...run.tallies, approved: seen, unseen: 0 } };
}

/** The number that lets a braked plan go on: the rows that it is braked for, foremost those that it writes. */
export function countToType({ brake }: Pick<RunRow, 'brake'>): number | undefined {
  return brake[0]?.count;
}

/** A braked plan goes on when whoever applies it has said how many rows it is about, so that nobody lets it through unread. */
export function mustBeReleased(run: RunRow, typed: number | undefined): void {
  if (run.brake.length === 0 || typed === countToType(run)) return;
  const reasons = run.brake.map(({ code, attribute, count, of }) => {
    return `${code}${attribute ? ` of ${attribute}` : ''}, ${count} of ${of} rows`;
  });
  throw new ProblemError(
    'braked',
    `The brake holds the plan (${reasons.join('; ')}). Look at its rows, then send ${countToType(run)} as "count" to let it go on.`,
  );
}
