import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';

/** What of a system is taken back; of a stretch of time both ends, in milliseconds since 1970, the later one not in it. */
export type Portion = { batchId: number } | { loadId: number } | { runId: number } | { from: number; to: number };

/** One that is not yet as it should be. */
export interface UnderWay {
  decisionId: number;
  systemId: number;
  upTo: number;
  /** It is brought in again. */
  isUndone: boolean;
  by: string;
  reason: string;
}

/** How much a portion is. */
export interface Extent {
  entries: number;
  records: number;
}

/** Lines that a batch has and that have not come to their place. */
const unfinishedLines = 'b.n - b.n_applied - b.n_superseded - b.n_error';

/** Whether the entry was told in the portion: a push counts by when its batch was received. */
const told = `e.kind not in ('offer', 'receipt') and case
  when p.batch_id is not null then e.batch_id = p.batch_id
  when p.load_id is not null then exists (select 1 from inbox_batch b where b.batch_id = e.batch_id and b.load_id = p.load_id)
  when p.run_id is not null then e.run_id = p.run_id
  else (select coalesce((select b.received_at from inbox_batch b where b.batch_id = e.batch_id), e.filed_at)) >= p.from_at
   and (select coalesce((select b.received_at from inbox_batch b where b.batch_id = e.batch_id), e.filed_at)) < p.to_at end`;

const portion = `(select $1::bigint as batch_id, $2::bigint as load_id, $3::bigint as run_id, $4::timestamptz as from_at, $5::timestamptz as to_at) p`;

/** What systems told and a person took back (rule 31). */
@Injectable()
export class TakeBacksStore {
  async add(tx: Tx, decisionId: number, systemId: number, what: Portion): Promise<void> {
    await tx.write(
      `insert into take_back (decision_id, system_id, batch_id, load_id, run_id, from_at, to_at) values ($6, $7, $1, $2, $3, $4, $5)`,
      [...parameters(what), decisionId, systemId],
    );
  }

  /** Records of the system beyond this one of which something was told in the portion, in the order of their ids. */
  async recordsOf(tx: Tx, systemId: number, what: Portion, after: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ record_id: number }>(
      `select r.record_id from ${portion}, source_record r where r.system_id = $6 and r.record_id > $7
         and exists (select 1 from record_entry e where e.record_id = r.record_id and ${told})
       order by r.record_id limit $8`,
      [...parameters(what), systemId, after, limit],
    );
    return rows.map((row) => row.record_id);
  }

  /** The entries of these records that were told in the portion. */
  async entriesOf(
    tx: Tx,
    systemId: number,
    what: Portion,
    recordIds: readonly number[],
  ): Promise<{ entryId: number; recordId: number }[]> {
    return tx.query(
      `select e.entry_id as "entryId", e.record_id as "recordId"
       from ${portion}, unnest($7::bigint[]) as t(id) join source_record r on r.record_id = t.id and r.system_id = $6
       join record_entry e on e.record_id = t.id where ${told}`,
      [...parameters(what), systemId, recordIds],
    );
  }

  async extent(tx: Tx, systemId: number, what: Portion): Promise<Extent> {
    const [row] = await tx.query<Extent>(
      `select count(*)::int as entries, count(distinct e.record_id)::int as records
       from ${portion}, source_record r join record_entry e using (record_id) where r.system_id = $6 and ${told}`,
      [...parameters(what), systemId],
    );
    return row!;
  }

  /** Lines of the portion that have not come to their place: what they say would count all the same. */
  async waitingLines(tx: Tx, systemId: number, what: Portion): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select coalesce(sum(${unfinishedLines}), 0)::int as n from ${portion}, inbox_batch b
       where b.system_id = $6 and (b.batch_id = p.batch_id or b.load_id = p.load_id or (b.received_at >= p.from_at and b.received_at < p.to_at))`,
      [...parameters(what), systemId],
    );
    return row!.n;
  }

  /** Whether the system has it; null where it has, and it is not over. */
  async isThere(tx: Tx, systemId: number, what: Portion): Promise<boolean | null> {
    if ('from' in what) return true;
    const [row] = await tx.query<{ open: boolean }>(
      `select false as open from inbox_batch where system_id = $4 and batch_id = $1
       union all select state = 'open' from load where system_id = $4 and load_id = $2
       union all select phase not in ('closed', 'failed', 'cancelled') and mode <> 'events' from refresh_run where system_id = $4 and run_id = $3`,
      [...parameters(what).slice(0, 3), systemId],
    );
    return row ? (row.open ? null : true) : false;
  }

  /** The oldest that is not yet as it should be. */
  async underWay(tx: Pick<Tx, 'query'>): Promise<UnderWay | null> {
    const [row] = await tx.query<UnderWay>(
      `select t.decision_id as "decisionId", t.system_id as "systemId", t.up_to as "upTo", d.undone_at is not null as "isUndone",
         coalesce(d.undone_by, d.made_by) as by, d.reason
       from take_back t join decision d using (decision_id) where t.done_at is null order by t.decision_id limit 1`,
      [],
    );
    return row ?? null;
  }

  /** The records to be worked out next, in the order of their ids. */
  async nextRecords(tx: Pick<Tx, 'query'>, { decisionId, systemId, upTo, isUndone }: UnderWay, limit: number) {
    const rows = await tx.query<{ record_id: number }>(
      isUndone
        ? `select distinct record_id from record_entry where taken_back = $1 and record_id > $3 and $2::int is not null order by 1 limit $4`
        : `select r.record_id from take_back p join source_record r on r.system_id = $2 and r.record_id > $3
           where p.decision_id = $1 and exists (
             select 1 from record_entry e where e.record_id = r.record_id and e.taken_back is null and ${told})
           order by r.record_id limit $4`,
      [decisionId, systemId, upTo, limit],
    );
    return rows.map((row) => row.record_id);
  }

  /** What was told of the records counts as the decision, or its undoing, has it; another one may have taken back the same. */
  async mark(tx: Tx, { decisionId, systemId, isUndone }: UnderWay, recordIds: readonly number[]): Promise<void> {
    await tx.write(
      isUndone
        ? `update record_entry e set taken_back = (
             select min(p.decision_id) from take_back p join decision d using (decision_id)
             where d.undone_at is null and p.system_id = $2 and ${told})
           where e.record_id = any($3::bigint[]) and e.taken_back = $1`
        : `update record_entry e set taken_back = p.decision_id from take_back p
           where p.decision_id = $1 and p.system_id = $2 and e.record_id = any($3::bigint[]) and e.taken_back is null and ${told}`,
      [decisionId, systemId, recordIds],
    );
  }

  async noteProgress(tx: Tx, decisionId: number, upTo: number): Promise<void> {
    await tx.write('update take_back set up_to = $2 where decision_id = $1', [decisionId, upTo]);
  }

  async noteDone(tx: Tx, decisionId: number, at: number): Promise<void> {
    await tx.write('update take_back set done_at = $2 where decision_id = $1', [decisionId, new Date(at)]);
  }

  /** The decision was undone: all of it is to be brought in again. */
  async beginAgain(tx: Tx, decisionId: number): Promise<void> {
    await tx.write('update take_back set up_to = 0, done_at = null where decision_id = $1', [decisionId]);
  }
}

function parameters(what: Portion) {
  const at = 'from' in what ? [new Date(what.from), new Date(what.to)] : [null, null];
  const { batchId, loadId, runId }: { batchId?: number; loadId?: number; runId?: number } = 'from' in what ? {} : what;
  return [batchId ?? null, loadId ?? null, runId ?? null, ...at];
}
