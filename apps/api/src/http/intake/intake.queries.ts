import { Injectable } from '@nestjs/common';
import type { Batch, Status } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { IntegrityStore } from '../../stages/integrity/integrity.store.ts';

const notesAtMost = 100;

@Injectable()
export class IntakeQueries {
  constructor(private readonly integrity: IntegrityStore) {}

  async batch(tx: Tx, batchId: number): Promise<Batch | null> {
    const [row] = await tx.query<
      Omit<Batch, 'receivedAt' | 'doneAt' | 'notes'> & { receivedAt: Date; doneAt: Date | null }
    >(
      `select b.batch_id as "batchId", s.code as system, b.received_at as "receivedAt", b.done_at as "doneAt", b.n as accepted,
         b.n - b.n_applied - b.n_superseded - b.n_error as waiting, b.n_applied as applied, b.n_superseded as superseded,
         b.n_error as error, b.n_rejected as rejected
       from inbox_batch b join system s using (system_id) where b.batch_id = $1`,
      [batchId],
    );
    if (!row) return null;
    const notes = await tx.query<Batch['notes'][number]>(
      `select line, source_key as "sourceId", code, path, detail from error_entry where batch_id = $1 order by error_id limit $2`,
      [batchId, notesAtMost],
    );
    return { ...row, notes, receivedAt: row.receivedAt.toISOString(), doneAt: row.doneAt?.toISOString() ?? null };
  }

  async status(tx: Tx): Promise<Status> {
    const [inbox] = await tx.query<Status['inbox']>(
      `select accepted, accepted - applied - superseded - error as waiting, applied, superseded, error
       from (select coalesce(sum(n), 0)::bigint as accepted, coalesce(sum(n_applied), 0)::bigint as applied,
               coalesce(sum(n_superseded), 0)::bigint as superseded, coalesce(sum(n_error), 0)::bigint as error
             from inbox_batch) sums`,
    );
    const [counts] = await tx.query<Pick<Status, 'conflictsOpen' | 'customers' | 'sourceRecords'>>(
      `select (select count(*) from conflict where closed_at is null) as "conflictsOpen",
         (select count(*) from golden) as customers,
         (select count(*) from source_record where state = 'live') as "sourceRecords"`,
    );
    const [errors] = await tx.query<Status['errors']>(
      `select count(*) filter (where kind = 'line') as line, count(*) filter (where kind = 'field') as field,
         count(*) filter (where kind = 'note') as note from error_entry where resolved_at is null`,
    );
    return { inbox: inbox!, ...counts!, errors: errors!, integrity: await this.checks(tx) };
  }

  private async checks(tx: Tx): Promise<Status['integrity']> {
    return (await this.integrity.states(tx)).map(({ name, says, faults, checkedAt, roundAt }) => {
      return { name, says, faults, checkedAt: textOf(checkedAt), wholeAt: textOf(roundAt) };
    });
  }
}

function textOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
