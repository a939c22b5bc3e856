import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';

interface Failures {
  count: number;
  /** When the next attempt may be looked at. */
  next: number;
}

const free = 3;
const firstDelayMs = 500;
const longestDelayMs = 8_000;
const longestQueueMs = 15_000;
const forgetAfterMs = 15 * 60_000;
const remembered = 10_000;

/**
 * Slows guessing down: after three failures each further attempt at an account waits its turn, twice as long as the one before.
 * Nobody is locked out, so nobody can lock another out.
 */
@Injectable()
export class LoginDelay {
  private readonly failures = new Map<string, Failures>();

  constructor(private readonly clock: Clock) {}

  /** How long this attempt has to wait, in milliseconds. Throws when that would be longer than anybody waits. */
  turnMs(email: string): number {
    const known = this.failures.get(keyOf(email));
    if (!known || known.count < free) return 0;
    const now = this.clock.now();
    const at = Math.max(now, known.next);
    if (at - now > longestQueueMs) {
      throw new ProblemError('not-logged-in', 'There were too many attempts at this account: try again in a minute.');
    }
    // Attempts made side by side queue up: otherwise they would all wait the same short time.
    known.next = at + delayOf(known.count);
    return at - now;
  }

  failed(email: string): void {
    const now = this.clock.now();
    const known = this.failures.get(keyOf(email)) ?? { count: 0, next: now };
    this.failures.delete(keyOf(email));
    this.forget(now);
    const count = known.count + 1;
    this.failures.set(keyOf(email), { count, next: Math.max(known.next, now + (count < free ? 0 : delayOf(count))) });
  }

  succeeded(email: string): void {
    this.failures.delete(keyOf(email));
  }

  /** Entries stand in the order of their last failure. */
  private forget(now: number): void {
    for (const [key, { next }] of this.failures) {
      if (this.failures.size < remembered && next + forgetAfterMs > now) return;
      this.failures.delete(key);
    }
  }
}

function keyOf(email: string): string {
  return email.trim().toLowerCase();
}

function delayOf(count: number): number {
  return Math.min(firstDelayMs * 2 ** (count - free), longestDelayMs);
}
