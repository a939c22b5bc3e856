import { isEqualClosing } from '@cinch/api-contract';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem-error.ts';
import { Readiness } from '../platform/readiness.ts';
import { Database } from '../platform/transaction.ts';
import { countToType } from '../pipeline/brake.ts';
import { Refresh } from '../pipeline/refresh.ts';
import { Worker } from '../pipeline/worker.ts';
import { RunsStore } from '../stages/refreshes/runs.store.ts';

const by = 'demo';
const roundsAtMost = 4;
const plansAtMost = 20;

interface LastRun {
  code: string;
  runId: number;
  closing: string | null;
  /** How many rows it heard and wrote. */
  moved: number;
}

/** Refreshes the demo systems in turn until one after the other closes equal, which proves that they hold the same. */
@Injectable()
export class DemoRefreshes {
  constructor(
    private readonly database: Database,
    private readonly refresh: Refresh,
    private readonly runs: RunsStore,
    private readonly worker: Worker,
    private readonly readiness: Readiness,
  ) {}

  /** The first system is refreshed again last: only then can it have what the others brought in. False when equality never came. */
  async untilEqual(codes: readonly string[]): Promise<boolean> {
    const turn = [...codes.slice(1), codes[0]!];
    if (await this.allEqual(turn)) return true;
    await this.run(codes[0]!);
    for (let round = 0; round < roundsAtMost; round += 1) {
      for (const code of turn) await this.run(code);
      if (await this.allEqual(turn)) return true;
    }
    return false;
  }

  private async run(code: string): Promise<void> {
    this.readiness.progress(`refreshing ${code}`);
    const runId = await this.startOrJoin(code);
    this.worker.wake();
    await this.refresh.finished(runId);
    await this.release(runId);
  }

  /**
   * The first runs fill what was empty, which the brake takes for a mishap: of the demo it is known to be none. What comes in force meanwhile,
   * such as values that the hub has found to be shared, makes the plan anew: then that is the one to let go.
   */
  private async release(runId: number): Promise<void> {
    for (let tries = 0; tries < plansAtMost; tries += 1) {
      const run = await this.database.read((tx) => this.runs.byId(tx, runId));
      if (run?.phase !== 'planned' || run.planHash === null) return;
      const isStale = await this.refresh.apply(runId, run.planHash, countToType(run)).then(
        () => false,
        (error: unknown) => {
          if (error instanceof ProblemError && error.code === 'stale-plan') return true;
          throw error;
        },
      );
      this.worker.wake();
      await this.refresh.finished(runId);
      if (!isStale) return;
    }
  }

  /** A start that was killed may have left a run: the worker takes it up, and it is as good as a new one. */
  private async startOrJoin(code: string): Promise<number> {
    try {
      return (await this.refresh.start(code, 'full', by)).runId;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'run-open') throw error;
      const [open] = await this.database.read((tx) =>
        tx.query<{ runId: number }>(
          `select r.run_id as "runId" from refresh_run r join system s using (system_id)
           where s.code = $1 and r.mode <> 'events' order by r.run_id desc limit 1`,
          [code],
        ),
      );
      return open!.runId;
    }
  }

  /** Whether the demo's last run of each closed equal, in this order, and none moved anything after the first of them had closed. */
  private async allEqual(turn: readonly string[]): Promise<boolean> {
    const last = await this.database.read((tx) =>
      tx.query<LastRun>(
        `select distinct on (s.code) s.code, r.run_id as "runId", r.closing,
           (r.counts::json ->> 'heard')::int + (r.counts::json ->> 'applied')::int as moved
         from refresh_run r join system s using (system_id) where r.started_by = $1 order by s.code, r.run_id desc`,
        [by],
      ),
    );
    const runs = turn.map((code) => last.find((run) => run.code === code));
    return runs.every((run, index) => {
      if (!run?.closing || !isEqualClosing(run.closing)) return false;
      return index === 0 || (run.moved === 0 && run.runId > runs[index - 1]!.runId);
    });
  }
}
