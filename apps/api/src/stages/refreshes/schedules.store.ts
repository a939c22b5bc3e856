import { Injectable } from '@nestjs/common';
import { nextDue, type Schedule } from '@cinch/canonical-model';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** A schedule, and whether its plans are applied where no brake holds them. */
export type SystemSchedule = Schedule & { applies: boolean };

export interface DueSchedule {
  systemId: number;
  code: string;
  schedule: SystemSchedule;
  /** Milliseconds since 1970. */
  dueAt: number;
}

interface Row {
  system_id: number;
  code: string;
  schedule: SystemSchedule;
  schedule_since: Date;
  schedule_due: Date;
}

/** When systems are refreshed without anybody asking, and what came of each instant that was due. */
@Injectable()
export class SchedulesStore {
  async set(tx: Tx, systemId: number, schedule: SystemSchedule, at: number): Promise<void> {
    const due = nextDue(schedule, at, at);
    await tx.query('update system set schedule = $2, schedule_since = $3, schedule_due = $4 where system_id = $1', [
      systemId,
      due === null ? null : JSON.stringify(schedule),
      due === null ? null : new Date(at),
      due === null ? null : new Date(due),
    ]);
  }

  async isDue(glance: Glance, at: number): Promise<boolean> {
    return (await glance.query('select 1 from system where schedule_due <= $1 limit 1', [new Date(at)])).length > 0;
  }

  /**
   * Takes the system that is due for the longest time and sets when it is due next, from now on: what was missed meanwhile is one run. Null
   * when none is due, or when that instant was taken before.
   */
  async take(tx: Tx, at: number): Promise<DueSchedule | null> {
    const [row] = await tx.query<Row>(
      `select system_id, code, schedule::json as schedule, schedule_since, schedule_due from system
       where schedule_due <= $1 order by schedule_due, system_id limit 1 for no key update`,
      [new Date(at)],
    );
    if (!row) return null;
    const { system_id: systemId, code, schedule, schedule_due: due } = row;
    const next = nextDue(schedule, at, row.schedule_since.getTime())!;
    await tx.query('update system set schedule_due = $2 where system_id = $1', [systemId, new Date(next)]);
    const taken = await tx.query(
      `insert into scheduled_run (system_id, due_at, taken_at) values ($1, $2, $3) on conflict do nothing returning 1`,
      [systemId, due, new Date(at)],
    );
    return taken.length > 0 ? { systemId, code, schedule, dueAt: due.getTime() } : null;
  }

  /** What came of it: the run, or why there is none. */
  async note(
    tx: Tx,
    { systemId, dueAt }: DueSchedule,
    { runId = null, skipped = null }: { runId?: number | null; skipped?: string | null },
  ): Promise<void> {
    await tx.query('update scheduled_run set run_id = $3, skipped = $4 where system_id = $1 and due_at = $2', [
      systemId,
      new Date(dueAt),
      runId,
      skipped,
    ]);
  }
}
