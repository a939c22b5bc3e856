import { ProblemError } from '../../platform/problem-error.ts';
import type { RunRow } from './runs.store.ts';

interface Target {
  name: string;
  outbound: 'off' | 'armed';
  mappingVersion: number | null;
  adapterUrl: string | null;
}

export function mustBeListable({ name, mappingVersion, adapterUrl }: Target): void {
  if (mappingVersion === null) throw new ProblemError('mapping-missing', `Publish a mapping of ${name} first.`);
  if (adapterUrl === null)
    throw new ProblemError('not-possible', `${name} has no adapter URL, so it cannot be listed: register one first.`);
}

export function mustBeArmed({ name, outbound }: Target): void {
  if (outbound !== 'armed')
    throw new ProblemError(
      'outbound-off',
      `${name} is not armed, so nothing is sent to it. Look at a plan of it, then arm it.`,
    );
}

export function mustNotBeHeld({ name, holdId }: { name: string; holdId: number | null }): void {
  if (holdId !== null)
    throw new ProblemError(
      'system-held',
      `${name} looks as if it had been set back. Say under “Held” what it was; until then nothing is sent to it, and what it sends waits.`,
    );
}

/** The run, of which a person has a plan to look at. */
export function mustBePlanned(run: RunRow | null): RunRow {
  if (!run) throw new ProblemError('not-found', 'There is no such refresh run: look at the list.');
  if (run.phase !== 'planned')
    throw new ProblemError('wrong-phase', `The run is in phase ${run.phase}; this needs planned.`);
  return run;
}

const endedPhases = new Set<RunRow['phase']>(['closed', 'failed', 'cancelled']);

export function hasEnded({ phase }: Pick<RunRow, 'phase'>): boolean {
  return endedPhases.has(phase);
}

export function mustBeCancellable(run: RunRow | null): RunRow {
  if (!run) throw new ProblemError('not-found', 'There is no such refresh run: look at the list.');
  if (hasEnded(run) || run.mode === 'events')
    throw new ProblemError('wrong-phase', 'This run has ended already, or never ends.');
  return run;
}
