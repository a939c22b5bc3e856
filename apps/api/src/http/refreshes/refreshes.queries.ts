import type { Model } from '@cinch/canonical-model';
import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { RefreshItem, RefreshRun, RunCounts, RunProof } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { withLabel } from '../attributes.ts';
import { noCounts } from '../../stages/refreshes/run-counts.ts';
import { along, cut, type Page, type SortedPage } from '../paging.ts';

type RunRow = Omit<RefreshRun, 'startedAt' | 'closedAt' | 'counts' | 'brake' | 'proof'> & {
  startedAt: Date;
  closedAt: Date | null;
  counts: string;
  brake: string;
  proof: string | null;
};
type ItemRow = Omit<RefreshItem, 'fields' | 'at'> & { fields: string; at: Date };

const selectedRun = `select r.run_id as "runId", s.code as system, s.name as "systemName", r.mode, r.phase, r.closing, r.failure,
    r.started_at as "startedAt", r.started_by as "startedBy", r.closed_at as "closedAt", r.counts, r.proof, r.plan_hash as "planHash", r.brake
  from refresh_run r join system s using (system_id)`;

type ItemFilter = { [Name in 'kind' | 'code' | 'outcome']?: RefreshItem[Name] | undefined };

@Injectable()
export class RefreshesQueries {
  async list(
    tx: Tx,
    system: string | null,
    { cursor, limit, sort }: SortedPage,
    of: 'all' | 'refreshes' = 'all',
  ): Promise<{ runs: RefreshRun[]; nextCursor: string | null }> {
    const started = along('r.run_id', { sort });
    const rows = await tx.query<RunRow>(
      `${selectedRun} where ($1::text is null or s.code = $1) and ${started.beyond('$2')}
         and ($4 = 'all' or r.mode <> 'events') order by ${started.order} limit $3`,
      [system, cursor ?? null, limit + 1, of],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.runId);
    const model = await modelInForce(tx);
    return { runs: shown.map((row) => runOf(row, model)), nextCursor };
  }

  async one(tx: Tx, runId: number): Promise<RefreshRun | null> {
    const [row] = await tx.query<RunRow>(`${selectedRun} where r.run_id = $1`, [runId]);
    return row ? runOf(row, await modelInForce(tx)) : null;
  }

  async items(
    tx: Tx,
    runId: number,
    { kind, code, outcome, cursor = 0, limit }: Page & ItemFilter,
  ): Promise<{ items: RefreshItem[]; nextCursor: string | null }> {
    const rows = await tx.query<ItemRow>(
      `select i.seq, i.kind, r.source_key as "sourceId", c.public_id as "customerId", coalesce(g.display, '(retired)') as customer,
         i.fields, i.outcome, i.code, i.at, i.changed_since as "changedSince"
       from refresh_item i left join source_record r using (record_id) left join customer c on c.customer_id = i.customer_id
       left join golden g on g.customer_id = i.customer_id
       where i.run_id = $1 and ($2::text is null or i.kind = $2) and ($5::text is null or i.code = $5)
         and ($6::text is null or i.outcome = $6) and i.seq > $3 order by i.seq limit $4`,
      [runId, kind ?? null, cursor, limit + 1, code ?? null, outcome ?? null],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.seq);
    return { items: shown.map(itemOf), nextCursor };
  }

  /** Arming a system needs one plan that somebody has looked at. */
  async markPlanSeen(tx: Tx, runId: number): Promise<void> {
    await tx.query(
      `update refresh_run set plan_seen = true
       where run_id = $1 and not plan_seen and mode <> 'events' and phase in ('planned', 'closed')`,
      [runId],
    );
  }
}

function runOf({ startedAt, closedAt, counts, brake, proof, ...row }: RunRow, model: Model): RefreshRun {
  return {
    ...row,
    startedAt: startedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    counts: { ...noCounts, ...(JSON.parse(counts) as Partial<RunCounts>) },
    brake: (JSON.parse(brake) as RefreshRun['brake']).map((reason) => withLabel(reason, model)),
    proof: proof === null ? null : (JSON.parse(proof) as RunProof),
  };
}

function itemOf({ fields, at, ...row }: ItemRow): RefreshItem {
  return { ...row, fields: JSON.parse(fields) as RefreshItem['fields'], at: at.toISOString() };
}
