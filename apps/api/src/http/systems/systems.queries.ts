import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import { systemLimits, type Restore, type System } from '@cinch/api-contract';
import { defaultLimits, type OwnLimits, type Model } from '@cinch/canonical-model';
import { addressKind } from '../../platform/egress/address-kind.ts';
import type { Tx } from '../../platform/transaction.ts';
import { withLabel } from '../attributes.ts';
import { isTombstoned } from '../records/record-state.ts';

type Computed =
  'warnings' | 'lastRun' | 'limits' | 'defaultLimits' | 'schedule' | 'comparison' | 'nextRunAt' | 'lastScheduled';
type Row = Omit<System, Computed> & {
  schedule: System['schedule'] | null;
  sets: System['comparison']['sets'] | null;
  nextRunAt: Date | null;
  dueAt: Date | null;
  scheduledRun: number | null;
  skipped: string | null;
  ownLimits: OwnLimits;
  runId: number | null;
  phase: string | null;
  closing: string | null;
  closedAt: Date | null;
};

@Injectable()
export class SystemsQueries {
  async all(tx: Tx): Promise<System[]> {
    const model = await modelInForce(tx);
    return (await this.rows(tx, null)).map((row) => shown(row, model));
  }

  async one(tx: Tx, code: string): Promise<System | null> {
    const [row] = await this.rows(tx, code);
    return row ? shown(row, await modelInForce(tx)) : null;
  }

  /** Whether somebody has looked at what a refresh of the system would do. */
  async planWasSeen(tx: Tx, systemId: number): Promise<boolean> {
    const [row] = await tx.query('select 1 from refresh_run where system_id = $1 and plan_seen limit 1', [systemId]);
    return row !== undefined;
  }

  /** When the system was set back, the latest first. */
  async restores(tx: Tx, systemId: number): Promise<Restore[]> {
    const rows = await tx.query<{ setBackTo: Date; restoredAt: Date; notedBy: string; notedAt: Date }>(
      `select set_back_to as "setBackTo", restored_at as "restoredAt", noted_by as "notedBy", noted_at as "notedAt"
       from system_restore where system_id = $1 order by restored_at desc`,
      [systemId],
    );
    return rows.map(({ notedBy, setBackTo, restoredAt, notedAt }) => ({
      notedBy,
      setBackTo: setBackTo.toISOString(),
      restoredAt: restoredAt.toISOString(),
      notedAt: notedAt.toISOString(),
    }));
  }

  private rows(tx: Tx, code: string | null): Promise<Row[]> {
    return tx.query<Row>(
      `select s.code, s.name, s.mapping_version as "mappingVersion", s.outbound, s.lane, s.inbound, case when s.masters_at is null then 'new' else 'on' end as mastering, s.scope::json as scope, s.scope_version as "scopeVersion",
         s.limits::json as "ownLimits", s.lane_braked::json as "laneBraked", s.lane_waits::json as "laneWaits",
         case when s.standing_answer is not null then json_build_object('answer', s.standing_answer, 'by', s.standing_by, 'once', s.standing_once,
           'at', to_char(s.standing_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as "standingAnswer",
         s.comparison::json as sets, s.schedule::json as schedule, s.schedule_due as "nextRunAt",
         due.due_at as "dueAt", due.run_id as "scheduledRun", due.skipped,
         s.adapter_url as "adapterUrl",
         (select count(*) from system_key k where k.system_id = s.system_id and k.revoked_at is null) as keys,
         (select count(*) from source_record r where r.system_id = s.system_id and r.state = 'live' and not ${isTombstoned}) as records,
         (select coalesce(sum(n - n_applied - n_superseded - n_error), 0)::bigint from inbox_batch b
          where b.system_id = s.system_id and b.done_at is null) as waiting,
         run.run_id as "runId", run.phase, run.closing, run.closed_at as "closedAt"
       from system s
       left join lateral (select * from refresh_run r where r.system_id = s.system_id and r.mode <> 'events' and r.confined is null
                          order by run_id desc limit 1) run on true
       left join lateral (select * from scheduled_run d where d.system_id = s.system_id order by due_at desc limit 1) due on true
       where $1::text is null or s.code = $1 order by s.code`,
      [code],
    );
  }
}

function shown(row: Row, model: Model): System {
  const { runId, phase, closing, closedAt, ownLimits, dueAt, scheduledRun, skipped, sets, ...system } = row;
  return {
    ...system,
    warnings: warningsOf(system.adapterUrl),
    laneBraked: system.laneBraked && withLabel(system.laneBraked, model),
    limits: systemLimits.parse(ownLimits),
    defaultLimits,
    comparison: { sets: sets ?? [] },
    schedule: system.schedule ?? { every: 'never', applies: false },
    nextRunAt: system.nextRunAt?.toISOString() ?? null,
    lastScheduled: dueAt && { dueAt: dueAt.toISOString(), runId: scheduledRun, skipped },
    lastRun: runId === null ? null : { runId, phase: phase!, closing, closedAt: closedAt?.toISOString() ?? null },
  };
}

/** What does not leave the machine needs no TLS. */
function warningsOf(adapterUrl: string | null): string[] {
  const url = URL.parse(adapterUrl ?? '');
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (url?.protocol !== 'http:' || host === 'localhost' || addressKind(host) === 'loopback') return [];
  return [
    'Its adapter is called by plain http: whoever is on the way reads names, phones and the token, and can answer in its place. Register an https address.',
  ];
}
