import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../../platform/problem-error.ts';
import type { ShareName, Shares } from './shares.ts';

/** What one call has of what callers share: all of it is given back when the call is answered or its caller has gone. */
export class Room {
  private readonly taken: (() => void)[] = [];
  private isOver = false;

  constructor(
    private readonly shares: Shares,
    private readonly caller: string,
    response: ServerResponse,
  ) {
    if (response.closed) this.giveBack();
    else response.once('close', () => this.giveBack());
  }

  /** Throws a problem that says when to come again, unless the caller may have so much more. */
  take(name: ShareName, amount = 1): void {
    // What would be taken now would never be given back.
    if (this.isOver) throw new ProblemError('invalid-request', 'The caller has gone.');
    this.taken.push(this.shares.take(name, this.caller, amount));
  }

  /** Resolves when so many bytes more of large bodies may be taken of this caller. */
  async pace(bytes: number): Promise<void> {
    const ms = this.shares.delayOf(this.caller, bytes);
    if (ms > 0) await wait(ms);
  }

  /** Nothing more is done for the call; it may still be some time until it is answered. */
  giveBack(): void {
    this.isOver = true;
    for (const give of this.taken.splice(0)) give();
  }
}
