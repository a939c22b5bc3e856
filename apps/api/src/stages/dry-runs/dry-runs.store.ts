import { Injectable } from '@nestjs/common';
import type { DryRunAnswer } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';

/** The last of what is there, by number: whatever is above came after. Good while nobody else writes. */
export interface Before {
  errorId: number;
  conflictId: number;
  customerId: number;
}

/** What a push that is tried out has left behind, before it is taken back. */
@Injectable()
export class DryRunsStore {
  async before(tx: Tx): Promise<Before> {
    const [row] = await tx.query<Before>(
      `select (select coalesce(max(error_id), 0) from error_entry) as "errorId",
         (select coalesce(max(conflict_id), 0) from conflict) as "conflictId",
         (select coalesce(max(customer_id), 0) from customer) as "customerId"`,
    );
    return row!;
  }

  /** What would stand in the error log about its lines. */
  lineNotes(tx: Tx, { errorId }: Before, batchId: number, kind: 'line' | 'note'): Promise<DryRunAnswer['errors']> {
    return tx.query(
      `select line, source_key as "sourceId", code, path, detail from error_entry
       where error_id > $1 and batch_id = $2 and kind = $3 order by line, code, path`,
      [errorId, batchId, kind],
    );
  }

  unreadable(tx: Tx, { errorId }: Before, systemId: number): Promise<DryRunAnswer['unreadable']> {
    return tx.query(
      `select path, code, min(detail) as detail, count(distinct source_key) as records from error_entry
       where error_id > $1 and system_id = $2 and kind = 'field' and resolved_at is null group by 1, 2 order by 4 desc, 1, 2`,
      [errorId, systemId],
    );
  }

  async conflictsOpened(tx: Tx, { conflictId }: Before): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      'select count(*) as n from conflict where conflict_id > $1 and closed_at is null',
      [conflictId],
    );
    return row!.n;
  }
}
