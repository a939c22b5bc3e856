import { afterEach, expect, it, vi } from 'vitest';
import { Clock } from './clock.ts';
import { Troubles } from './troubles.ts';

afterEach(() => void vi.useRealTimers());

it('shows what was raised until it is cleared, and what was met until nobody has met it for a minute', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const troubles = new Troubles(new Clock());
  const codes = () => troubles.list().map(({ code }) => code);
  troubles.raise('duty-stale');
  troubles.meet('disk-full');
  const [, first] = troubles.list();
  vi.advanceTimersByTime(40_000);
  troubles.meet('disk-full');
  vi.advanceTimersByTime(40_000);
  expect(codes()).toEqual(['duty-stale', 'disk-full']);
  expect(troubles.list()[1]!.since).toBe(first!.since);
  vi.advanceTimersByTime(30_000);
  expect(codes()).toEqual(['duty-stale']);
  troubles.meet('duty-stale');
  vi.advanceTimersByTime(3_600_000);
  expect(codes(), 'who watches it says when it is over').toEqual(['duty-stale']);
  troubles.clear('duty-stale');
  expect(codes()).toEqual([]);
});

it('goes by time that has passed, however the clock is set meanwhile', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const troubles = new Troubles(new Clock());
  troubles.meet('database-busy');
  vi.setSystemTime(0);
  vi.advanceTimersByTime(61_000);
  expect(troubles.list()).toEqual([]);
});
