import { Injectable } from '@nestjs/common';
import type { ChangeRates } from '@cinch/api-contract';
import { inboundUsualMs } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

const dayMs = 86_400_000;

type SystemRates = ChangeRates['systems'][number];
interface ChangedRow {
  systemId: number;
  attribute: string;
  changes: number;
  unheard: number;
}

/** What the inward brake notes for a while is told again, beside what the history and the runs know of the same time. */
@Injectable()
export class ChangeRatesQueries {
  async until(tx: Tx, now: number): Promise<ChangeRates> {
    const [first] = await tx.query<{ at: Date }>(
      `select from_at as at from golden_history where version = 1 order by customer_id limit 1`,
    );
    // What a hub was filled with is no change of it.
    const began = first ? first.at.getTime() + dayMs : now;
    const since = Math.min(now, Math.max(began, now - inboundUsualMs));
    const span = [new Date(since), new Date(now)];
    const [customers] = await tx.query<{ all: number; created: number; concurrent: number }>(
      `select (select count(*)::int from golden) as all,
         (select count(*)::int from golden_history where version = 1 and from_at >= $1 and from_at < $2) as created,
         (select count(*)::int from conflict where cause = 'concurrent' and opened_at >= $1 and opened_at < $2) as concurrent`,
      span,
    );
    const { all, created, concurrent } = customers!;
    const [from, to] = span.map((at) => at.toISOString()) as [string, string];
    const days = (now - since) / dayMs;
    return { since: from, until: to, days, customers: all, created, concurrent, systems: await this.systems(tx, span) };
  }

  private async systems(tx: Tx, span: readonly Date[]): Promise<SystemRates[]> {
    const changed = await tx.query<ChangedRow>(
      `select system_id as "systemId", subject as attribute, count(*)::int as changes,
         (count(*) filter (where run_id is not null))::int as unheard
       from inbound_change where subject not in ('kind', 'others', 'spelling') and told_at >= $1 and told_at < $2
       group by 1, 2 order by 3 desc, 2`,
      [...span],
    );
    const systems = await tx.query<
      Pick<SystemRates, 'system' | 'records' | 'compared' | 'drifted'> & { systemId: number }
    >(
      `select s.system_id as "systemId", s.code as system,
         (select count(*)::int from source_record r where r.system_id = s.system_id and r.state = 'live' and r.deleted is null) as records,
         coalesce(sum((run.counts::json ->> 'compared')::bigint), 0)::bigint as compared,
         coalesce(sum((run.counts::json ->> 'drifted')::bigint), 0)::bigint as drifted
       from system s left join refresh_run run on run.system_id = s.system_id and run.mode <> 'events' and run.confined is null
         and run.phase = 'closed' and run.closed_at >= $1 and run.closed_at < $2
       group by s.system_id, s.code order by s.code`,
      [...span],
    );
    return systems.map(({ systemId, ...system }) => {
      const own = changed.filter((one) => one.systemId === systemId);
      const values = own.filter(({ attribute }) => attribute !== 'end');
      return {
        ...system,
        changes: values.map(({ attribute, changes }) => ({ attribute, changes })),
        unheard: values.reduce((sum, one) => sum + one.unheard, 0),
        ended: own.find(({ attribute }) => attribute === 'end')?.changes ?? 0,
      };
    });
  }
}
