import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** The phases of a customer's life. */
export const phases = ['prospect', 'active', 'dormant', 'former', 'deceased'] as const;
export type Phase = (typeof phases)[number];

const isPhase = (value: unknown) => (phases as readonly unknown[]).includes(value);

export const phase = plainShape(
  { ...parts.code, test: isPhase },
  {
    code: 'not-a-phase',
    detail: `This is not a phase; there are ${phases.join(', ')}.`,
    isState: true,
    strategies: ['transition'],
  },
);
