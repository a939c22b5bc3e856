import { Injectable } from '@nestjs/common';

/** The present, in milliseconds since 1970, UTC: the one place where the hub reads the time, so that tests can set it. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }

  /** How long this process has run, in milliseconds, on the clock that nobody can set. */
  ran(): number {
    return performance.now();
  }

  /** The latest instant that is known to have been, and how long this process had run then, on the clock that nobody can set. */
  private latest = -Infinity;
  private latestAt = 0;

  /**
   * The present for whatever ends by itself: never earlier than any instant that the hub has seen, and it goes on while the clock is set
   * back. What has ended stays ended.
   */
  neverBack(): number {
    const ran = this.ran();
    this.latest = Math.max(this.now(), this.latest + ran - this.latestAt);
    this.latestAt = ran;
    return Math.floor(this.latest);
  }

  /** An instant that another process, or this one before it was started anew, has seen. */
  noteSeen(at: number): void {
    this.latest = Math.max(this.neverBack(), at);
  }
}

/** The beginning of its second, in milliseconds since 1970. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
