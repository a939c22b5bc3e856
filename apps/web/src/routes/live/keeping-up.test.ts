import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepingUp } from './keeping-up.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('does the work at once, then once at a time, and once more after the last call', async () => {
  const ends: (() => void)[] = [];
  const call = keepingUp(100, () => new Promise<void>((end) => ends.push(end)));
  call();
  call();
  call();
  expect(ends, 'one at a time').toHaveLength(1);
  ends[0]!();
  await vi.advanceTimersByTimeAsync(99);
  expect(ends, 'it rests first').toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(ends, 'what came meanwhile is made up for once').toHaveLength(2);
  ends[1]!();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ends, 'nothing came meanwhile').toHaveLength(2);
});

it('goes on after work that failed', async () => {
  const work = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('away')));
  const call = keepingUp(100, work);
  call();
  call();
  await vi.advanceTimersByTimeAsync(100);
  expect(work).toHaveBeenCalledTimes(2);
});
