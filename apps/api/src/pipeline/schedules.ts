import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { RunsStore } from '../stages/refreshes/runs.store.ts';
import { SchedulesStore, type DueSchedule } from '../stages/refreshes/schedules.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { Outbound } from './outbound.ts';
import { Refresh } from './refresh.ts';

const by = 'schedule';

/** Starts the refreshes that are due by the clock, each instant once; while nothing was on duty, what was missed is one run. */
@Injectable()
export class Schedules {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly store: SchedulesStore,
    private readonly runs: RunsStore,
    private readonly systems: SystemsStore,
    private readonly outbound: Outbound,
    private readonly refresh: Refresh,
    private readonly audit: Audit,
  ) {}

  /** One that is due. False when none is. */
  async startDue(): Promise<boolean> {
    if (!(await this.database.glance((tx) => this.store.isDue(tx, this.clock.now())))) return false;
    await this.committer.commit(async (tx) => {
      const due = await this.store.take(tx, this.clock.now());
      if (due) await this.start(tx, due);
    });
    return true;
  }

  private async start(tx: Tx, due: DueSchedule): Promise<void> {
    // A plan of the last time that nobody has looked at is worth less than one of today.
    for (const runId of await this.runs.waitingPlansOf(tx, due.systemId, by))
      await this.runs.end(tx, runId, 'cancelled', {}, this.clock.now());
    try {
      const system = await this.systems.named(tx, due.code);
      const mode = due.schedule.applies && (await this.outbound.maySendTo(tx, system)) ? 'full' : 'plan';
      const runId = await this.refresh.open(tx, due.code, mode, by);
      await this.store.note(tx, due, { runId });
      await this.audit.note(tx, by, `refresh started (${mode})`, `run ${runId}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await this.store.note(tx, due, { skipped: error.message });
      await this.audit.note(tx, by, `refresh left out: ${error.code}`, due.code);
    }
  }
}
