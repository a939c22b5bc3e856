import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from './transaction.ts';

/** What the process on duty listens to. */
export const doorbell = 'cinch_work';

/** However much comes, the server is told no more often: what is told commits one at a time over all connections. */
const betweenRingsMs = 50;

/** Tells the process on duty that another one has made work for it, so that it need not look all the time. */
@Injectable()
export class Doorbell {
  private readonly names = new Set<string>();
  private ringing: Promise<void> | null = null;

  constructor(private readonly database: Database) {}

  /** @param names of those who have something to do; none: whoever it concerns. What makes the work must have been committed. */
  ring(names: readonly string[]): void {
    for (const name of names.length > 0 ? names : ['']) this.names.add(name);
    this.ringing ??= this.tell().finally(() => (this.ringing = null));
  }

  private async tell(): Promise<void> {
    while (this.names.size > 0) {
      const told = [...this.names];
      this.names.clear();
      // A ring that nobody hears costs the time until the next look.
      await this.database
        .in('vital')
        .glance((tx) => tx.query('select pg_notify($1, name) from unnest($2::text[]) as t(name)', [doorbell, told]))
        .catch(() => undefined);
      await wait(betweenRingsMs);
    }
  }
}
