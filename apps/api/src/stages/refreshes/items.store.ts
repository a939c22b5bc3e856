import { Injectable } from '@nestjs/common';
import { outwardLimits, type RefreshItem, type RunProof } from '@cinch/api-contract';
import { canonicalJson, type FieldChange } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface PlannedItem {
  kind: RefreshItem['kind'];
  recordId: number | null;
  /** Null of a listed row that the hub knows no record of. */
  customerId: number | null;
  ifMatch: number | null;
  fields: FieldChange[];
  outcome: 'planned' | 'exception';
  code: string | null;
  /** It is otherwise than the plan that a person has looked at had it. */
  changedSince?: boolean;
  /** It writes what follows from news that a person has let in: no brake counts it once more. */
  letIn?: boolean;
}

export interface OpenItem {
  seq: number;
  kind: 'create' | 'change';
  recordId: number | null;
  customerId: number;
  deliveryId: string | null;
  ifMatch: number | null;
  fields: FieldChange[];
  changedSince: boolean;
  letIn: boolean;
}

export interface SentItem extends OpenItem {
  recordId: number;
  deliveryId: string;
}

/** A delivery that was to make a record, as it was sent: it may have been carried out. */
export interface UnansweredCreate {
  recordId: number;
  deliveryId: string;
  /** Null where the item is not kept any more. */
  fields: FieldChange[] | null;
  /** The system was listed since it was last sent, also when it could not be carried out any more, and has not shown it. */
  listed: boolean;
  /** Listed once since, and not shown: until this instant it may still be carried out. */
  waitsUntil: number | null;
  /** A row was there that it may have made, as may somebody else: a person has to say. */
  perhapsMade: boolean;
}

/** An item's place in a plan, and what it would write there. */
export function seenAs({
  kind,
  recordId,
  customerId,
  fields,
}: Pick<PlannedItem, 'recordId' | 'customerId' | 'fields'> & { kind: string }): [place: string, values: string] {
  const place = kind === 'create' ? `customer ${customerId}` : `record ${recordId}`;
  return [place, canonicalJson(fields.map(({ path, to }) => [path, to]))];
}

/** The items of refresh runs: what is to be sent, what came of it, and the exceptions. Rows that are the same are only counted. */
@Injectable()
export class ItemsStore {
  /** Where the items of the next plan begin. */
  async lastSeq(tx: Tx, runId: number): Promise<number> {
    const [row] = await tx.query<{ seq: number }>(
      'select coalesce(max(seq), 0)::bigint as seq from refresh_item where run_id = $1',
      [runId],
    );
    return row!.seq;
  }

  /** Drops what plans of the run before this place left unsent; what was sent stays as history. */
  async dropPlansUpTo(tx: Tx, runId: number, seq: number): Promise<void> {
    await tx.query(`delete from refresh_item where run_id = $1 and seq <= $2 and outcome in ('planned', 'exception')`, [
      runId,
      seq,
    ]);
  }

  /** Takes what a plan has of these customers out of it again. */
  async takeOut(tx: Tx, runId: number, customerIds: readonly number[]): Promise<PlannedItem[]> {
    const rows = await tx.query<Omit<PlannedItem, 'fields'> & { fields: string }>(
      `delete from refresh_item where run_id = $1 and customer_id = any($2::bigint[]) and outcome in ('planned', 'exception')
       returning kind, record_id as "recordId", customer_id as "customerId", if_match as "ifMatch", fields, outcome, code,
         changed_since as "changedSince", let_in as "letIn"`,
      [runId, customerIds],
    );
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as FieldChange[] }));
  }

  /** `opensIn`: the system in which the creates are their customers' only ones from now on; null of a plan that may never go on. */
  async add(
    tx: Tx,
    { runId, round, opensIn }: { runId: number; round: number; opensIn: number | null },
    items: readonly PlannedItem[],
    at: number,
  ): Promise<void> {
    const flat = items.map((item) => {
      return {
        ...item,
        fields: JSON.stringify(item.fields),
        changedSince: item.changedSince ?? false,
        letIn: item.letIn ?? false,
      };
    });
    await tx.query(
      `insert into refresh_item (run_id, seq, kind, record_id, customer_id, if_match, fields, outcome, code, round, at, creates_in, changed_since, let_in)
       select $1, last.seq + row_number() over (), t.kind, t.record_id, t.customer_id, t.if_match, t.fields, t.outcome, t.code, $2, $3,
         case when t.kind = 'create' then $11::smallint end, t.changed_since, t.let_in
       from (select coalesce(max(seq), 0) as seq from refresh_item where run_id = $1) last,
            unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::text[], $12::boolean[], $13::boolean[])
              as t(kind, record_id, customer_id, if_match, fields, outcome, code, changed_since, let_in)`,
      [
        runId,
        round,
        new Date(at),
        ...columns(flat, ['kind', 'recordId', 'customerId', 'ifMatch', 'fields', 'outcome', 'code']),
        opensIn,
        flat.map(({ changedSince }) => changedSince),
        flat.map(({ letIn }) => letIn),
      ],
    );
  }

  /** The plan goes on: its creates are open. One whose customer has an open create elsewhere is left to that: as many are withdrawn. */
  async openCreates(tx: Tx, runId: number, systemId: number): Promise<number> {
    const left = await tx.query(
      `update refresh_item i set outcome = 'withdrawn', code = 'made-elsewhere' where i.run_id = $1 and i.kind = 'create' and i.outcome = 'planned' and exists (
         select 1 from refresh_item o where o.creates_in = $2 and o.customer_id = i.customer_id and o.outcome in ('planned', 'sent')
           and (o.run_id, o.seq) <> (i.run_id, i.seq)) returning 1`,
      [runId, systemId],
    );
    await tx.query(
      `update refresh_item set creates_in = $2 where run_id = $1 and kind = 'create' and outcome = 'planned' and creates_in is null`,
      [runId, systemId],
    );
    return left.length;
  }

  /** What the standing run of the system has under way goes over to a refresh: what was not sent is taken back, and its customers returned. */
  async takeOver(
    tx: Tx,
    systemId: number,
    at: number,
  ): Promise<{ runId: number; settled: { outcome: 'failed' | 'withdrawn'; customerId: number }[] } | null> {
    const rows = await tx.query<{ runId: number; outcome: 'failed' | 'withdrawn'; customerId: number }>(
      `update refresh_item i set outcome = case when i.outcome = 'sent' then 'failed' else 'withdrawn' end,
         code = coalesce(i.code, 'taken-over'), at = $2
       from refresh_run r
       where r.run_id = i.run_id and r.system_id = $1 and r.mode = 'events' and i.outcome in ('planned', 'sent')
       returning i.run_id as "runId", i.outcome, i.customer_id as "customerId"`,
      [systemId, new Date(at)],
    );
    const [first] = rows;
    return first ? { runId: first.runId, settled: rows } : null;
  }

  /** Customers and records of whom the standing run has something open that is rendered when it is sent, or that is sent already. */
  async openOf(tx: Tx, runId: number): Promise<{ customerIds: Set<number>; recordIds: Set<number> }> {
    const rows = await tx.query<{ kind: string; customer_id: number; record_id: number | null }>(
      `select kind, customer_id, record_id from refresh_item
       where run_id = $1 and (outcome = 'planned' or outcome = 'sent' and kind = 'create')`,
      [runId],
    );
    const creates = rows.filter(({ kind }) => kind === 'create');
    return {
      customerIds: new Set(creates.map((row) => row.customer_id)),
      recordIds: new Set(rows.flatMap((row) => row.record_id ?? [])),
    };
  }

  async open(tx: Tx, runId: number, outcome: 'planned' | 'sent', limit: number): Promise<OpenItem[]> {
    const rows = await tx.query<Omit<OpenItem, 'fields'> & { fields: string }>(
      `select seq, kind, record_id as "recordId", customer_id as "customerId", delivery_id as "deliveryId", if_match as "ifMatch", fields,
         changed_since as "changedSince", let_in as "letIn"
       from refresh_item where run_id = $1 and outcome = $2 order by seq limit $3`,
      [runId, outcome, limit],
    );
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as FieldChange[] }));
  }

  /** Nothing is to be sent for them any more. */
  async withdraw(tx: Tx, runId: number, seqs: readonly number[], at: number): Promise<void> {
    if (seqs.length === 0) return;
    await tx.query(
      `update refresh_item set outcome = 'withdrawn', code = 'no-difference', at = $3 where run_id = $1 and seq = any($2)`,
      [runId, seqs, new Date(at)],
    );
  }

  /** A person has seen the plan as it is and let it go on. */
  async noteSeen(tx: Tx, runId: number): Promise<void> {
    await tx.query(
      `update refresh_item set changed_since = false where run_id = $1 and outcome = 'planned' and changed_since`,
      [runId],
    );
  }

  /** About to be sent: from here on the delivery may have happened. */
  async markSent(tx: Tx, runId: number, items: readonly SentItem[], at: number): Promise<void> {
    const flat = items.map((item) => ({ ...item, fields: JSON.stringify(item.fields) }));
    await tx.query(
      `update refresh_item i set outcome = 'sent', record_id = t.record_id, delivery_id = t.delivery_id, if_match = t.if_match,
         fields = t.fields, changed_since = t.changed_since, at = $2
       from unnest($3::bigint[], $4::bigint[], $5::uuid[], $6::bigint[], $7::text[], $8::boolean[])
         as t(seq, record_id, delivery_id, if_match, fields, changed_since)
       where i.run_id = $1 and i.seq = t.seq`,
      [runId, new Date(at), ...columns(flat, ['seq', 'recordId', 'deliveryId', 'ifMatch', 'fields', 'changedSince'])],
    );
  }

  /** What the last plan of the run had of these customers that is to be sent still, also because the system's row had moved: by place, its values as text. */
  async seen(tx: Tx, runId: number, customerIds: readonly number[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ kind: string; record_id: number | null; customer_id: number; fields: string }>(
      `select kind, record_id, customer_id, fields from refresh_item
       where run_id = $1 and customer_id = any($2::bigint[]) and outcome in ('planned', 'mismatch') and kind in ('create', 'change')
         and not changed_since order by seq`,
      [runId, customerIds],
    );
    return new Map(
      rows.map(({ kind, record_id: recordId, customer_id: customerId, fields }) => {
        return seenAs({ kind, recordId, customerId, fields: JSON.parse(fields) as FieldChange[] });
      }),
    );
  }

  async settle(
    tx: Tx,
    runId: number,
    items: readonly { seq: number; outcome: RefreshItem['outcome']; code: string | null }[],
    at: number,
  ): Promise<void> {
    await tx.query(
      `update refresh_item i set outcome = t.outcome, code = t.code, at = $2
       from unnest($3::bigint[], $4::text[], $5::text[]) as t(seq, outcome, code) where i.run_id = $1 and i.seq = t.seq`,
      [runId, new Date(at), ...columns(items, ['seq', 'outcome', 'code'])],
    );
  }

  /** What the system would not take of this run for these customers, by record: fields as canonical text, and its code. */
  async refused(
    tx: Tx,
    runId: number,
    customerIds: readonly number[],
  ): Promise<Map<number, { fields: string; code: string | null }>> {
    const rows = await tx.query<{ record_id: number; fields: string; code: string | null }>(
      `select record_id, fields, code from refresh_item where run_id = $1 and customer_id = any($2::bigint[]) and outcome = 'parked' and record_id is not null order by seq`,
      [runId, customerIds],
    );
    return new Map(rows.map(({ record_id, ...refused }) => [record_id, refused]));
  }

  /** What keeps the system from being equal: exceptions of the last plan, and items that were never sent and will have ended with the run. */
  async exceptions(tx: Tx, runId: number): Promise<RunProof['exceptions']> {
    // Hardly ever is anything left unsent, and to count it by kind takes a look at all items while everybody waits.
    const isAnyUnsent = (await this.open(tx, runId, 'planned', 1)).length > 0;
    return tx.query(
      `select kind, code, sum(n)::int as count from (
         select kind, code, count(*) as n from refresh_item where run_id = $1 and outcome = 'exception' group by 1, 2
         ${isAnyUnsent ? `union all select kind, coalesce(code, 'run-ended'), count(*) from refresh_item where run_id = $1 and outcome = 'planned' group by 1, 2` : ''}
       ) as left_over group by 1, 2 order by 1, 2`,
      [runId],
    );
  }

  /** Deliveries that were to make these records and have no answer yet: a repeated create must be the same delivery. */
  async unansweredCreates(tx: Tx, recordIds: readonly number[]): Promise<Map<number, UnansweredCreate>> {
    if (recordIds.length === 0) return new Map();
    const found = await this.unanswered(tx, 'p.record_id = any($1::bigint[])', recordIds);
    return new Map(found.map((one) => [one.recordId, one]));
  }

  /** All deliveries that were to make a record of the system and have no answer yet. */
  unansweredIn(tx: Tx, systemId: number): Promise<UnansweredCreate[]> {
    return this.unanswered(tx, 'p.system_id = $1', systemId);
  }

  private async unanswered(tx: Tx, among: string, given: unknown): Promise<UnansweredCreate[]> {
    const rows = await tx.query<
      Omit<UnansweredCreate, 'fields' | 'waitsUntil'> & { fields: string | null; waitsFrom: Date | null }
    >(
      `select distinct on (o.record_id) o.record_id as "recordId", o.delivery_id as "deliveryId", i.fields,
         not exists (select 1 from refresh_item l where l.record_id = o.record_id and l.kind = 'create' and l.delivery_id = o.delivery_id
                     and l.code is distinct from 'not-shown') as listed,
         (select max(l.at) from refresh_item l where l.record_id = o.record_id and l.kind = 'create' and l.delivery_id = o.delivery_id
            and l.code = 'awaited') as "waitsFrom",
         exists (select 1 from refresh_item l where l.record_id = o.record_id and l.kind = 'create' and l.delivery_id = o.delivery_id
                 and l.code = 'perhaps-made') as "perhapsMade"
       from source_record p join record_entry o on o.record_id = p.record_id and o.kind = 'offer' and o.delivery_id is not null
       left join refresh_item i on i.record_id = o.record_id and i.kind = 'create' and i.delivery_id = o.delivery_id
       where p.state = 'pending' and ${among} and not exists (
         select 1 from record_entry a where a.record_id = o.record_id and a.kind = 'receipt' and a.delivery_id = o.delivery_id)
       order by o.record_id, o.entry_id desc, i.at`,
      [given],
    );
    return rows.map(({ waitsFrom, ...row }) => ({
      ...row,
      waitsUntil: waitsFrom && waitsFrom.getTime() + outwardLimits.wholeMs,
      fields: row.fields === null ? null : (JSON.parse(row.fields) as FieldChange[]),
    }));
  }

  /** The system was listed to its end, and knows its deliveries: what it has not shown is sent again as the same delivery. */
  async noteNotShown(tx: Tx, unanswered: readonly UnansweredCreate[]): Promise<void> {
    if (unanswered.length === 0) return;
    await tx.query(
      `update refresh_item set code = 'not-shown' where kind = 'create' and outcome = 'failed' and delivery_id = any($1::uuid[])`,
      [unanswered.map(({ deliveryId }) => deliveryId)],
    );
  }

  /**
   * The system was listed to its end, and knows no delivery again. A call that was given up may be carried out after the listing: only
   * what a second one does not show, begun when no call can be under way any more, was not carried out.
   */
  async noteNotShownYet(tx: Tx, unanswered: readonly UnansweredCreate[], begunAt: number): Promise<void> {
    if (unanswered.length === 0) return;
    await tx.query(
      `update refresh_item set code = case when code = 'awaited' and at <= $2 then 'not-shown' else 'awaited' end
       where kind = 'create' and outcome = 'failed' and delivery_id = any($1::uuid[])
         and code is distinct from 'not-shown' and code is distinct from 'perhaps-made'`,
      [unanswered.map(({ deliveryId }) => deliveryId), new Date(begunAt - outwardLimits.wholeMs)],
    );
  }

  /** Rows were there that these may have made, and nobody can tell: they are not sent again. */
  async notePerhapsMade(tx: Tx, perhaps: readonly UnansweredCreate[]): Promise<void> {
    if (perhaps.length === 0) return;
    await tx.query(
      `update refresh_item set code = 'perhaps-made' where kind = 'create' and outcome in ('sent', 'failed') and delivery_id = any($1::uuid[])`,
      [perhaps.map(({ deliveryId }) => deliveryId)],
    );
  }

  /** Creates of the run that were sent end without an answer. The customers that they were for. */
  async endUnanswered(tx: Tx, runId: number, at: number): Promise<number[]> {
    const rows = await tx.query<{ customer_id: number }>(
      `update refresh_item set outcome = 'failed', code = coalesce(code, 'unanswered'), at = $2
       where run_id = $1 and kind = 'create' and outcome = 'sent' returning customer_id`,
      [runId, new Date(at)],
    );
    return rows.map((row) => row.customer_id);
  }
}
