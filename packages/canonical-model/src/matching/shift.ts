import type { MatchGrade } from './grade.ts';

/**
 * What another model makes of two records. `joins`: linked by themselves from then on. `parts`: stand together today, and the pair itself
 * holds them together no longer. `asks`: a person is asked about them, who is not today. `settles`: nobody is asked about them any more.
 */
export const matchShifts = ['joins', 'parts', 'asks', 'settles'] as const;
export type MatchShift = (typeof matchShifts)[number];

interface TwoModels {
  /** By the present model and by the other. */
  before: MatchGrade | null;
  after: MatchGrade | null;
  /** They are one customer today. */
  areOne: boolean;
}

/** Null where nothing comes of it: a pair that other records hold together, or keep apart, stays as it is. */
export function shiftOf({ before, after, areOne }: TwoModels): MatchShift | null {
  if (areOne) return before === 'same' && after !== 'same' ? 'parts' : null;
  if (after === 'same') return before === 'same' ? null : 'joins';
  if (after === 'maybe') return before === null ? 'asks' : null;
  return before === null ? null : 'settles';
}
