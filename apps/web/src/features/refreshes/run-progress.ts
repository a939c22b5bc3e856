import type { RefreshRun } from '@cinch/api-contract';
import { isUnderWay } from '../../components/runs/under-way.ts';

export interface Step {
  title: string;
  what: string;
  state: 'done' | 'current' | 'to-come';
}

type Phase = RefreshRun['phase'];
export function canBeCancelled({ phase }: Pick<RefreshRun, 'phase'>): boolean {
  return phase === 'planned' || isUnderWay({ phase });
}

/** Changes that the plan asks for, and of these the settled ones. */
export function progressOf({ counts }: Pick<RefreshRun, 'counts'>): { changes: number; settled: number } {
  const { create, change, applied, parked, failed, overtaken, withdrawn } = counts;
  return { changes: create + change, settled: applied + parked + failed + overtaken + withdrawn };
}

const steps: readonly { phases: readonly Phase[]; title: string; what: string }[] = [
  { phases: ['hear'], title: 'Hear', what: 'The system is listed, its news taken in' },
  { phases: ['plan', 'planned'], title: 'Plan', what: 'What differs is worked out' },
  { phases: ['apply'], title: 'Apply', what: 'The changes are sent' },
  { phases: ['verify'], title: 'Verify', what: 'Listed and compared again' },
  { phases: ['closed'], title: 'Close', what: 'The proof is written down' },
];

/** The way of a run that goes, or went, to its end. A failed or cancelled one has no honest place on it: the run does not say where it stopped. */
export function stepsOf({ phase }: Pick<RefreshRun, 'phase'>): Step[] {
  const at = steps.findIndex(({ phases }) => phases.includes(phase));
  if (at < 0) return [];
  return steps.map(({ title, what }, place) => ({
    title,
    what,
    state: place < at || phase === 'closed' ? 'done' : place === at ? 'current' : 'to-come',
  }));
}
