import { Injectable } from '@nestjs/common';
import type { OwnDuplicatePage, OwnRejectPage, SurplusPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { cut } from '../paging.ts';
import { isTombstoned } from './record-state.ts';

/** So many customers are looked at for one page: most have one record of a system, so a page may find few duplicates. */
const customersAtOnce = 100_000;

interface Reject {
  batchId: number;
  line: number;
  code: string;
  path: string;
  detail: string;
  receivedAt: Date;
}

/** Lists of what a system did itself, for that system: only its own batches and keys. */
@Injectable()
export class OwnListsQueries {
  /** The latest batch first; `before` is the last line that was shown. */
  async rejects(
    tx: Tx,
    systemId: number,
    { before, limit }: { before: { batchId: number; line: number } | null; limit: number },
  ): Promise<OwnRejectPage> {
    const rows = await tx.query<Reject>(
      `select b.batch_id as "batchId", r.line, r.code, r.path, r.detail, b.received_at as "receivedAt"
       from inbox_batch b join inbox_reject r using (batch_id)
       where b.system_id = $1 and b.n_rejected > 0
         and ($2::bigint is null or (b.batch_id <= $2 and (b.batch_id, r.line) < ($2, $3::int)))
       order by b.batch_id desc, r.line desc limit $4`,
      [systemId, before?.batchId ?? null, before?.line ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      rejects: shown.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })),
      nextCursor: rows.length > limit ? `${last!.batchId}.${last!.line}` : null,
    };
  }

  /** Customers above `after` that have more than one live record of the system. */
  async duplicates(
    tx: Tx,
    systemId: number,
    { after, limit }: { after: number; limit: number },
  ): Promise<OwnDuplicatePage> {
    const upTo = after + customersAtOnce;
    const rows = await tx.query<{ id: number; customerId: string; sourceIds: string[] }>(
      `select c.customer_id as id, c.public_id as "customerId", d.keys as "sourceIds"
       from (select r.customer_id, array_agg(r.source_key order by r.source_key) as keys from source_record r
             where r.customer_id > $2 and r.customer_id <= $3 and r.system_id = $1 and r.state = 'live' and not r.excluded
               and r.source_key is not null and not ${isTombstoned}
             group by 1 having count(*) > 1 order by 1 limit $4) d
       join customer c using (customer_id) order by 1`,
      [systemId, after, upTo, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      duplicates: shown.map(({ customerId, sourceIds }) => ({ customerId, sourceIds })),
      nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : await this.nextAfter(tx, upTo),
    };
  }

  /** What the last refresh that made a plan found without a place there. */
  async surplus(tx: Tx, systemId: number, { after, limit }: { after: number; limit: number }): Promise<SurplusPage> {
    const [run] = await tx.query<{ runId: number; startedAt: Date }>(
      `select run_id as "runId", started_at as "startedAt" from refresh_run
       where system_id = $1 and mode <> 'events' and confined is null and plan_hash is not null order by run_id desc limit 1`,
      [systemId],
    );
    if (!run) return { run: null, records: [], nextCursor: null };
    const found = await tx.query<SurplusPage['records'][number] & { seq: number }>(
      `select i.seq, r.source_key as "sourceId", c.public_id as "customerId", coalesce(g.display, '(retired)') as customer, i.code as why
       from refresh_item i join source_record r using (record_id) join customer c on c.customer_id = r.customer_id
       left join golden g on g.customer_id = c.customer_id
       where i.run_id = $1 and i.kind = 'surplus' and r.source_key is not null and i.seq > $2 order by i.seq limit $3`,
      [run.runId, after, limit + 1],
    );
    const { rows, nextCursor } = cut(found, limit, ({ seq }) => seq);
    const records = rows.map(({ seq: _seq, ...record }) => record);
    return { run: { runId: run.runId, startedAt: run.startedAt.toISOString() }, records, nextCursor };
  }

  private async nextAfter(tx: Tx, customerId: number): Promise<string | null> {
    const [next] = await tx.query('select 1 from customer where customer_id > $1 limit 1', [customerId]);
    return next ? String(customerId) : null;
  }
}
