import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Differences, Overview, RunCounts } from '@cinch/api-contract';
import type { AttributeId } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { RefreshesQueries } from '../refreshes/refreshes.queries.ts';

const runsShown = 8;
const hourMs = 3_600_000;
const hoursShown = 24;

type SystemRow = Omit<Overview['systems'][number], 'lastRun'> & {
  runId: number | null;
  phase: Overview['runs'][number]['phase'];
  closing: string | null;
  startedAt: Date;
  closedAt: Date | null;
  counts: string;
};

/** A statement a figure, each over what is open or lately came: what lies behind is never counted through. */
@Injectable()
export class OverviewQueries {
  constructor(private readonly refreshes: RefreshesQueries) {}

  async at(tx: Tx, now: Date): Promise<Overview> {
    const [open] = await tx.query<{ requests: number; line: number; field: number; note: number }>(
      `select (select count(*) from change_request where state = 'open') as requests,
         count(*) filter (where kind = 'line') as line, count(*) filter (where kind = 'field') as field,
         count(*) filter (where kind = 'note') as note
       from error_entry where resolved_at is null`,
    );
    const { requests, ...errors } = open!;
    return {
      at: now.toISOString(),
      systems: await this.systems(tx),
      conflicts: await this.conflicts(tx),
      changeRequests: requests,
      errors,
      throughput: await this.throughput(tx, now),
      runs: (await this.refreshes.list(tx, null, { limit: runsShown, sort: '-started' }, 'refreshes')).runs,
    };
  }

  private async systems(tx: Tx): Promise<Overview['systems']> {
    const rows = await tx.query<SystemRow>(
      `select s.code as system, s.name, s.outbound, s.inbound,
         (select coalesce(sum(b.n - b.n_applied - b.n_superseded - b.n_error), 0)::bigint from inbox_batch b
          where b.system_id = s.system_id and b.done_at is null) as waiting,
         (select count(*) from dirty_view v where v.system_id = s.system_id) as dirty,
         run.run_id as "runId", run.phase, run.closing, run.started_at as "startedAt", run.closed_at as "closedAt", run.counts
       from system s
       left join lateral (select * from refresh_run r where r.system_id = s.system_id and r.mode <> 'events' and r.confined is null
                          order by run_id desc limit 1) run on true
       order by s.code`,
    );
    return rows.map(({ runId, phase, closing, startedAt, closedAt, counts, ...system }) => {
      if (runId === null) return { ...system, lastRun: null };
      const times = { startedAt: startedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
      return { ...system, lastRun: { runId, phase, closing, ...times, differences: differencesOf(counts) } };
    });
  }

  private async conflicts(tx: Tx): Promise<Overview['conflicts']> {
    const rows = await tx.query<{ attribute: AttributeId; open: number }>(
      `select attribute, count(*) as open from conflict where closed_at is null group by attribute order by open desc, attribute`,
    );
    const model = await modelInForce(tx);
    return rows.map(({ attribute, open }) => ({ attribute, label: model.labelOf(attribute), open }));
  }

  private async throughput(tx: Tx, now: Date): Promise<Overview['throughput']> {
    const last = Math.floor(now.getTime() / hourMs) * hourMs;
    const rows = await tx.query<{ from: Date; accepted: number; errors: number }>(
      `select h.from, coalesce(sum(b.n), 0)::bigint as accepted, coalesce(sum(b.n_error), 0)::bigint as errors
       from generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') h("from")
       left join inbox_batch b on date_bin('1 hour', b.received_at, $1::timestamptz) = h.from and b.received_at >= $1
       group by h.from order by h.from`,
      [new Date(last - (hoursShown - 1) * hourMs), new Date(last)],
    );
    return rows.map((row) => ({ ...row, from: row.from.toISOString() }));
  }
}

function differencesOf(text: string): Differences {
  const counts = JSON.parse(text) as Partial<RunCounts>;
  const { create = 0, change = 0, missing = 0, surplus = 0, withheld = 0, parked = 0, failed = 0 } = counts;
  return { create, change, missing, surplus, withheld, parked, failed };
}
