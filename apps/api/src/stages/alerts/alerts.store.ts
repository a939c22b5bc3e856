import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface Alert {
  kind: string;
  /** What it is about: told once for each. */
  subject: string;
  data: Record<string, unknown>;
}

export interface DueAlert {
  alertId: number;
  kind: string;
  at: Date;
  data: string;
  tries: number;
}

/** How far something is that should move. */
export interface Progress {
  subject: string;
  /** Another one whenever it has moved. */
  mark: string;
  data: Record<string, unknown>;
}

/** What there is to alert of, and how far telling it is. */
@Injectable()
export class AlertsStore {
  /** Runs that ended badly since then, and those that nobody watches and that the brake holds. */
  async endedBadly(tx: Tx, since: Date): Promise<Alert[]> {
    const rows = await tx.query<{ run_id: number; phase: string; code: string; failure: string | null; brake: string }>(
      `select r.run_id, r.phase, s.code, r.failure, r.brake from refresh_run r join system s using (system_id)
       where coalesce(r.closed_at, r.started_at) > $1
         and (r.phase = 'failed' or r.phase = 'planned' and (r.mode = 'full' or r.round > 0) and r.brake <> '[]')
       order by r.run_id`,
      [since],
    );
    return rows.map(({ run_id: runId, phase, code, failure, brake }) => {
      const about = { subject: `run ${runId}`, data: { runId, system: code } };
      return phase === 'failed'
        ? { kind: 'refresh.failed', subject: about.subject, data: { ...about.data, reason: failure } }
        : {
            kind: 'refresh.braked',
            subject: about.subject,
            data: { ...about.data, brake: JSON.parse(brake) as unknown },
          };
    });
  }

  /** Pieces of work over which the hub has died again and again. Of a system, its run that failed or its lane that paused is told. */
  async putAside(tx: Tx): Promise<Alert[]> {
    const rows = await tx.query<{ work: string; mark: string; since: Date }>(
      `select work, mark, aside_at as since from work_under_way
       where aside_at is not null and work not like 'system %' order by work`,
    );
    return rows.map(({ work, mark, since }) => {
      return { kind: 'work.aside', subject: `${work} ${mark}`, data: { work, mark, since: since.toISOString() } };
    });
  }

  /** Lanes that have paused themselves. */
  async lanesBraked(tx: Tx): Promise<Alert[]> {
    const rows = await tx.query<{ code: string; why: { at: string } }>(
      'select code, lane_braked::json as why from system where lane_braked is not null order by code',
    );
    return rows.map(({ code, why }) => {
      return { kind: 'lane.braked', subject: `lane of ${code} since ${why.at}`, data: { system: code, ...why } };
    });
  }

  /** What systems changed at once is held. */
  async newsHeld(tx: Tx): Promise<Alert[]> {
    const rows = await tx.query<{ hold_id: number; code: string; since: Date }>(
      `select h.hold_id, s.code, h.opened_at as since from hold h join system s using (system_id)
       where h.reason in ('changed-much', 'newcomer') and h.answered_at is null order by 1`,
    );
    return rows.map(({ hold_id: holdId, code, since }) => {
      return {
        kind: 'news.held',
        subject: `hold ${holdId}`,
        data: { holdId, system: code, since: since.toISOString() },
      };
    });
  }

  /** Systems that should be sent to and have not answered since before then. */
  async systemsAway(tx: Tx, before: Date): Promise<Alert[]> {
    const rows = await tx.query<{ code: string; since: Date }>(
      `select code, away_since as since from system
       where away_since < $1 and adapter_url is not null and outbound = 'armed' order by code`,
      [before],
    );
    return rows.map(({ code, since }) => {
      const at = since.toISOString();
      return { kind: 'system.away', subject: `${code} away since ${at}`, data: { system: code, since: at } };
    });
  }

  /** Batches that wait, by system, and runs under way: each should move on. A run that waits for a person does not. */
  async underWay(tx: Tx): Promise<Progress[]> {
    const batches = await tx.query<{ code: string; first: number; waiting: number; done: string }>(
      `select s.code, min(b.batch_id) as first, sum(b.n - b.n_applied - b.n_superseded - b.n_error)::bigint as waiting,
         sum(b.n_applied + b.n_superseded + b.n_error)::text as done
       from inbox_batch b join system s using (system_id) where b.done_at is null group by s.code order by s.code`,
    );
    const runs = await tx.query<{ run_id: number; code: string; phase: string; mark: string }>(
      `select r.run_id, s.code, r.phase, concat_ws(' ', r.phase, r.round, r.listing, r.cursor, r.counts,
         (select count(*) from refresh_item i where i.run_id = r.run_id and i.outcome in ('planned', 'sent'))) as mark
       from refresh_run r join system s using (system_id)
       where r.phase in ('hear', 'plan', 'verify')
          or r.phase = 'apply' and not exists (select 1 from outbound_switch where state = 'paused')
       order by r.run_id`,
    );
    return [
      ...batches.map(({ code, first, waiting, done }) => ({
        subject: `inbox of ${code}`,
        mark: `${first} ${done}`,
        data: { system: code, waiting },
      })),
      ...runs.map(({ run_id: runId, code, phase, mark }) => ({
        subject: `run ${runId}`,
        mark,
        data: { runId, system: code, phase },
      })),
    ];
  }

  async add(tx: Tx, alerts: readonly Alert[], at: Date): Promise<void> {
    const rows = alerts.map(({ data, ...alert }) => ({ ...alert, data: JSON.stringify(data) }));
    await tx.query(
      `insert into alert (kind, subject, data, at, next_at)
       select t.kind, t.subject, t.data, $4, $4 from unnest($1::text[], $2::text[], $3::text[]) as t(kind, subject, data)
       on conflict (kind, subject) do nothing`,
      [...columns(rows, ['kind', 'subject', 'data']), at],
    );
  }

  /** The one that is due for the longest time, which nobody else finds due until then. */
  async claim(tx: Glance, at: Date, until: Date): Promise<DueAlert | null> {
    const [row] = await tx.query<DueAlert>(
      `update alert set next_at = $2 where alert_id =
         (select alert_id from alert where next_at <= $1 order by next_at, alert_id limit 1 for update skip locked)
       returning alert_id as "alertId", kind, at, data, tries`,
      [at, until],
    );
    return row ?? null;
  }

  async noteSent(tx: Tx, alertId: number, at: Date): Promise<void> {
    await tx.query('update alert set sent_at = $2, next_at = null, tries = tries + 1 where alert_id = $1', [
      alertId,
      at,
    ]);
  }

  /** @param nextAt null: given up */
  async noteFailed(tx: Tx, alertId: number, nextAt: Date | null): Promise<void> {
    await tx.query('update alert set next_at = $2, tries = tries + 1 where alert_id = $1', [alertId, nextAt]);
  }
}
