import type { RefreshRun } from '@cinch/api-contract';
import { IconCheck } from '../../components/icons.tsx';
import { VisuallyHidden } from '@mantine/core';
import { stepsOf } from './run-progress.ts';
import classes from './run-steps.module.css';

export function RunSteps({ run }: { run: RefreshRun }) {
  const steps = stepsOf(run);
  if (steps.length === 0) return null;
  return (
    <ol className={classes.steps} aria-label="Phases of the run">
      {steps.map(({ title, what, state }, place) => (
        <li key={title} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className={classes.mark} aria-hidden>
            {state === 'done' ? <IconCheck size={16} /> : place + 1}
          </span>
          <span>
            <span className={classes.title}>{title}</span>
            <span className={classes.what}>{what}</span>
            {state === 'done' && <VisuallyHidden>, done</VisuallyHidden>}
          </span>
        </li>
      ))}
    </ol>
  );
}
