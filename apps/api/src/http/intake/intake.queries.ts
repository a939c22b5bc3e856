import { Injectable } from '@nestjs/common';
import type { Batch, Status } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { IntegrityStore } from '../../stages/integrity/integrity.store.ts';
import { TroublesQueries } from '../troubles/troubles.queries.ts';

const notesAtMost = 100;

/** Counting more rows than these one by one would cost the hub more than the answer is worth: the planner knows about how many they are. */
const countedUpTo = 10_000;

/**
 * Rows by the density that the last ANALYZE found and the size that the table has now, as the planner reckons; of source records the
 * share that it found to be live. A subquery that is not asked for is not run.
 */
const counted = `with sizes as (
    select c.relname as name,
      greatest(c.reltuples, 0)::float8 / greatest(c.relpages, 1) * (pg_relation_size(c.oid) / current_setting('block_size')::int) as rows
    from pg_class c where c.oid in ('golden'::regclass, 'source_record'::regclass)
  ), live as (
    select (most_common_freqs)[array_position(most_common_vals::text::text[], 'live')] as share
    from pg_stats where schemaname = current_schema and tablename = 'source_record' and attname = 'state'
  ), estimates as (
    select (select rows from sizes where name = 'golden') as golden,
      (select rows from sizes where name = 'source_record') as source_record, coalesce((select share from live), 1) as live
  )
  select (select count(*) from conflict where closed_at is null) as "conflictsOpen",
    case when golden > $1 then golden::bigint else (select count(*) from golden) end as customers,
    case when source_record > $1 then (source_record * live)::bigint
      else (select count(*) from source_record where state = 'live') end as "sourceRecords",
    golden > $1 or source_record > $1 as estimated
  from estimates`;

@Injectable()
export class IntakeQueries {
  constructor(
    private readonly integrity: IntegrityStore,
    private readonly troubles: TroublesQueries,
  ) {}

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
    const [counts] = await tx.query<Pick<Status, 'conflictsOpen' | 'customers' | 'sourceRecords' | 'estimated'>>(
      counted,
      [countedUpTo],
    );
    const [errors] = await tx.query<Status['errors']>(
      `select count(*) filter (where kind = 'line') as line, count(*) filter (where kind = 'field') as field,
         count(*) filter (where kind = 'note') as note from error_entry where resolved_at is null`,
    );
    const [integrity, troubles] = [await this.checks(tx), await this.troubles.all(tx)];
    return { inbox: inbox!, ...counts!, errors: errors!, integrity, troubles };
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
