import { brakeReasons, type Limits } from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';
import type { RunRow } from '../stages/refreshes/runs.store.ts';

/** The run with what its plan is braked for. Only the first plan is: later ones prove what was let through. */
export function withBrake(run: RunRow, limits: Limits): RunRow {
  return run.round === 0 ? { ...run, brake: brakeReasons(run.counts, limits) } : run;
}

/** The number that lets a braked plan go on: the rows that it is braked for, foremost those that it writes. */
export function countToType({ brake }: Pick<RunRow, 'brake'>): number | undefined {
  return brake[0]?.count;
}

/** A braked plan goes on when whoever applies it has said how many rows it is about, so that nobody lets it through unread. */
export function mustBeReleased(run: RunRow, typed: number | undefined): void {
  if (run.brake.length === 0 || typed === countToType(run)) return;
  const reasons = run.brake.map(({ code, count, of }) => `${code}, ${count} of ${of} rows`).join('; ');
  throw new ProblemError(
    'braked',
    `The brake holds the plan (${reasons}). Look at its rows, then send ${countToType(run)} as "count" to let it go on.`,
  );
}
