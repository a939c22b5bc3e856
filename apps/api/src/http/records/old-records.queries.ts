import { Injectable } from '@nestjs/common';
import type { OldRecordPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';
import { isTombstoned } from './record-state.ts';

type Row = Omit<OldRecordPage['records'][number], 'oldSince' | 'asOf' | 'changedAt'> & {
  oldSince: Date;
  asOf: Date;
  changedAt: Date | null;
};

@Injectable()
export class OldRecordsQueries {
  /** Records that the last load of their system did not show; `system` null: of all systems. */
  async list(tx: Tx, system: string | null, { cursor, limit }: Page): Promise<OldRecordPage> {
    const rows = await tx.query<Row>(
      `select r.record_id as "recordId", s.code as system, r.source_key as "sourceId", c.public_id as "customerId",
         coalesce(g.display, '(retired)') as customer, r.head_at as "changedAt", r.old_since as "oldSince",
         r.old_in_load as "loadId", l.as_of as "asOf"
       from source_record r join system s using (system_id) join load l on l.load_id = r.old_in_load
       left join customer c using (customer_id) left join golden g using (customer_id)
       where r.old_in_load is not null and not r.excluded and not ${isTombstoned}
         and ($1::text is null or s.code = $1) and ($2::bigint is null or r.record_id > $2)
       order by r.record_id limit $3`,
      [system, cursor ?? null, limit + 1],
    );
    const page = cut(rows, limit, (row) => row.recordId);
    const records = page.rows.map((row) => ({
      ...row,
      changedAt: row.changedAt?.toISOString() ?? null,
      oldSince: row.oldSince.toISOString(),
      asOf: row.asOf.toISOString(),
    }));
    return { records, nextCursor: page.nextCursor };
  }
}
