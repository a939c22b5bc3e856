import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { duty as limits } from '@cinch/api-contract';
import { databaseTroubleIn } from '../platform/database-trouble.ts';
import { Heartbeat } from '../platform/heartbeat.ts';
import { Troubles } from '../platform/troubles.ts';
import { Alerts } from './alerts.ts';

/**
 * Every process looks whether somebody is at work, and says so where nobody is: the one that should be at work cannot. While nobody is,
 * whoever is alive sends the alerts.
 */
@Injectable()
export class DutyWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('DutyWatch');
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private staleSince: string | null = null;

  constructor(
    private readonly heartbeat: Heartbeat,
    private readonly troubles: Troubles,
    private readonly alerts: Alerts,
  ) {}

  onApplicationBootstrap(): void {
    this.watching = this.watch();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.note(error));
      await wait(limits.lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    await this.heartbeat.look();
    const { ms, last } = this.heartbeat.silence;
    const isStale = ms > limits.staleMs;
    if (isStale) {
      this.troubles.raise('duty-stale');
      this.staleSince ??= await this.alerts.noteStale(last?.at ?? null);
      while (!this.stopping.signal.aborted && (await this.alerts.tellDue()));
    } else if (this.staleSince !== null) {
      await this.alerts.noteBack(this.staleSince);
      this.staleSince = null;
    }
    if (!isStale) this.troubles.clear('duty-stale');
  }

  private note(error: unknown): void {
    const trouble = databaseTroubleIn(error);
    if (trouble) this.troubles.meet(trouble.code);
    // Its text may quote values.
    else this.log.error(`Nobody can see whether somebody is at work: ${(error as Error).name}`);
  }
}
