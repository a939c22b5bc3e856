import type { Flow } from './steps/step.ts';

/** What the steps of a place may give. */
export function wantedFlows(rest: Flow): readonly Flow[] {
  return rest === 'date' || rest === 'phone' || rest === 'instant' ? [rest, 'text'] : [rest];
}
