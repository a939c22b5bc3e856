import type { RefreshRun } from '@cinch/api-contract';

type Phase = RefreshRun['phase'];
const underWay: readonly Phase[] = ['hear', 'plan', 'apply', 'verify'];

export function isUnderWay({ phase }: Pick<RefreshRun, 'phase'>): boolean {
  return underWay.includes(phase);
}
