import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Ingest } from './ingest.ts';
import { Integrity } from './integrity.ts';
import { Lane } from './lane.ts';
import { Rederive } from './rederive.ts';
import { Refresh } from './refresh.ts';
import { Retention } from './retention.ts';

const idleMs = 250;
const afterFailureMs = 2_000;

/** One kind of work that is done until none is left, then again when woken or after a while. */
interface Loop {
  name: string;
  /** Does one piece; false when there is none. */
  step: () => Promise<boolean>;
  running: Promise<void>;
}

/**
 * Drives the pipeline: takes in what waits, reads anew what has a new mapping, delivers what went stale, takes refresh runs further, and
 * looks now and then whether all is in order.
 */
@Injectable()
export class Worker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Worker');
  private readonly stopping = new AbortController();
  private woken = new AbortController();
  private loops: Loop[] = [];

  constructor(
    private readonly ingest: Ingest,
    private readonly rederive: Rederive,
    private readonly lane: Lane,
    private readonly refresh: Refresh,
    private readonly integrity: Integrity,
    private readonly retention: Retention,
  ) {}

  onApplicationBootstrap(): void {
    this.start('ingest', () => this.ingest.next());
    this.start('rederive', () => this.rederive.next());
    this.start('lane', () => this.lane.deliverDue());
    this.start('refresh', () => this.refresh.advance());
    this.start('integrity', () => this.integrity.next());
    this.start('retention', () => this.retention.next());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await Promise.all(this.loops.map((loop) => loop.running));
  }

  /** There is something to do: do not wait for the next look. */
  wake(): void {
    this.woken.abort();
    this.woken = new AbortController();
  }

  /** Everything that was accepted so far is in its place: for tests and for those who must not miss a push. */
  async drained(): Promise<void> {
    while (await this.ingest.next());
  }

  private start(name: string, step: () => Promise<boolean>): void {
    const loop: Loop = { name, step, running: Promise.resolve() };
    loop.running = this.drive(loop);
    this.loops.push(loop);
  }

  private async drive(loop: Loop): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let pauseMs = 0;
      const { signal } = this.woken;
      try {
        const worked = await loop.step();
        if (worked) this.wake();
        else pauseMs = idleMs;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        // The text of a database error may quote values: only its kind goes to the log.
        const { name, code, table, column, constraint, stack } = error as Error & Record<string, string | undefined>;
        const where = stack?.split('\n').find((line) => line.includes('/stages/') || line.includes('/pipeline/'));
        const told = [name, code, table, column, constraint, where?.trim()].filter(Boolean).join(' ');
        this.log.error(`${loop.name} failed and will be tried again: ${told}`);
        pauseMs = afterFailureMs;
      }
      if (pauseMs > 0) await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
