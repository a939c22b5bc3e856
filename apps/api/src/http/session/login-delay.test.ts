import { expect, it } from 'vitest';
import { Clock } from '../../platform/clock.ts';
import { LoginDelay } from './login-delay.ts';

class SetClock extends Clock {
  at = 0;
  override now(): number {
    return this.at;
  }
}

it('waits longer after each failure, queues attempts made side by side, and forgets with a success', () => {
  const clock = new SetClock();
  const delay = new LoginDelay(clock);
  const fail = () => {
    const waited = delay.turnMs('jo@example.com');
    clock.at += waited;
    delay.failed(' Jo@Example.com');
    return waited;
  };
  expect(Array.from({ length: 6 }, fail)).toEqual([0, 0, 0, 500, 1_000, 2_000]);
  expect([delay.turnMs('jo@example.com'), delay.turnMs('jo@example.com')]).toEqual([4_000, 8_000]);
  expect(() => Array.from({ length: 5 }, () => delay.turnMs('jo@example.com'))).toThrow(/try again in a minute/);
  expect(delay.turnMs('someone-else@example.com')).toBe(0);
  delay.succeeded('jo@example.com');
  expect(delay.turnMs('jo@example.com')).toBe(0);
});
