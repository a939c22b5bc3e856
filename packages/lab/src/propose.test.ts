import { expect, it } from 'vitest';
import { proposedPeriod } from './propose.ts';

const tried = (worsts: Record<number, number>) =>
  Object.entries(worsts).map(([days, high]) => ({ refreshDays: Number(days), worst: { high } }));

it.each([
  ['the longest that keeps below', { 1: 0.001, 7: 0.004, 14: 0.009 }, 7],
  ['none where even every day leaves more', { 1: 0.02, 7: 0.03 }, null],
  ['not one beyond a period that failed', { 1: 0.001, 7: 0.006, 14: 0.004 }, 1],
])('proposes %s', (_, worsts, period) => {
  expect(proposedPeriod(tried(worsts), 0.005)).toBe(period);
});
