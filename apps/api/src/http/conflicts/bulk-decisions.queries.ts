import { Injectable } from '@nestjs/common';
import type { BulkDecision, BulkDecisionPage } from '@cinch/api-contract';
import { modelInForce } from '../../platform/model-in-force.ts';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';

interface Row extends Omit<BulkDecision, 'label' | 'at' | 'undoneAt'> {
  at: Date;
  undoneAt: Date | null;
}

@Injectable()
export class BulkDecisionsQueries {
  /** The latest first. */
  async list(tx: Tx, { cursor, limit }: Page): Promise<BulkDecisionPage> {
    const rows = await tx.query<Row>(
      `select b.bulk_id as "bulkId", b.attribute, b.chosen_system as system, coalesce(s.name, b.chosen_system) as "systemName", b.reason,
         b.made_by as by, b.made_at as at, b.undone_by as "undoneBy", b.undone_at as "undoneAt", c.*
       from bulk_decision b left join system s on s.code = b.chosen_system
       cross join lateral (
         select count(*) filter (where state = 'made')::int as made, count(*) filter (where state = 'waiting')::int as waiting,
           count(*) filter (where state = 'changed')::int as changed from bulk_choice where bulk_id = b.bulk_id) c
       where $1::bigint is null or b.bulk_id < $1 order by b.bulk_id desc limit $2`,
      [cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.bulkId);
    const model = await modelInForce(tx);
    const bulkDecisions = shown.map((row) => ({
      ...row,
      label: model.labelOf(row.attribute),
      at: row.at.toISOString(),
      undoneAt: row.undoneAt?.toISOString() ?? null,
    }));
    return { bulkDecisions, nextCursor };
  }
}
