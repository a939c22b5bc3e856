import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Database } from '../platform/transaction.ts';
import { RunEnded, RunsStore } from '../stages/refreshes/runs.store.ts';

/** So often it is looked whether somebody has cancelled a run while a call for it is under way. */
const lookEveryMs = 500;

/** Cuts what is under way for a run that is cancelled, whoever did that and in whichever process. */
@Injectable()
export class RunWatch {
  constructor(
    private readonly database: Database,
    private readonly runs: RunsStore,
  ) {}

  /** Ends early, and without an error, where the run ends meanwhile: of what a call would have answered nothing is written. */
  async whileOpen(runId: number, over: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const ended = new AbortController();
    const done = new AbortController();
    void this.watch(runId, ended, done.signal);
    try {
      await work(AbortSignal.any([over, ended.signal]));
    } catch (cause) {
      if (!ended.signal.aborted && !(cause instanceof RunEnded)) throw cause;
    } finally {
      done.abort();
    }
  }

  private async watch(runId: number, ended: AbortController, done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await wait(lookEveryMs, undefined, { signal: done }).catch(() => undefined);
      if (done.aborted) return;
      const isOpen = await this.database.glance((tx) => this.runs.isOpen(tx, runId)).catch(() => true);
      if (!isOpen) return ended.abort(new RunEnded());
    }
  }
}
