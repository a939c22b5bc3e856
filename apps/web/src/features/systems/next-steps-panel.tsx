import type { System } from '@cinch/api-contract';
import { Text, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '../../components/icons.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { stepsOf, type Step } from './next-steps.ts';
import classes from './next-steps.module.css';

/** Until a system is refreshed for the first time: what is done, and what comes next. */
export function NextStepsPanel({ system }: { system: System }) {
  const steps = stepsOf(system);
  const next = steps.find(({ done }) => !done);
  if (!next) return null;
  return (
    <Panel title={`Next: ${next.title.toLowerCase()}`}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.title} className={classes.step} data-done={step.done}>
            {step.done ? (
              <IconCircleCheck size={20} className={classes.mark} aria-hidden />
            ) : (
              <IconCircle size={20} className={classes.mark} aria-hidden />
            )}
            <div>
              <Text fw={step === next ? 600 : 400} inherit>
                {step.title}
                {step.done && <VisuallyHidden>: done</VisuallyHidden>}
              </Text>
              {step === next && (
                <Text size="sm" c="dimmed">
                  {step.advice}
                </Text>
              )}
            </div>
            {step === next && <Way step={step} system={system} />}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Way({ step: { at, title }, system }: { step: Step; system: System }) {
  if (at === null || at === 'state') return null;
  return at === 'refreshes' ? (
    <ButtonLink size="xs" to="/refreshes" search={{ system: system.code }}>
      {title}
    </ButtonLink>
  ) : (
    <ButtonLink size="xs" to="/systems/$code" params={{ code: system.code }} search={{ tab: at }}>
      {title}
    </ButtonLink>
  );
}
