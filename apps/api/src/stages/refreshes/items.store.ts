import { Injectable } from '@nestjs/common';
import type { RefreshItem } from '@cinch/api-contract';
import type { FieldChange } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface PlannedItem {
  kind: RefreshItem['kind'];
  recordId: number | null;
  customerId: number;
  ifMatch: number | null;
  fields: FieldChange[];
  outcome: 'planned' | 'exception';
  code: string | null;
}

export interface OpenItem {
  seq: number;
  kind: 'create' | 'change';
  recordId: number | null;
  customerId: number;
  deliveryId: string | null;
  ifMatch: number | null;
  fields: FieldChange[];
}

export interface SentItem extends OpenItem {
  recordId: number;
  deliveryId: string;
}

/** The items of refresh runs: what is to be sent, what came of it, and the exceptions. Rows that are the same are only counted. */
@Injectable()
export class ItemsStore {
  /** Replaces what an earlier plan of the run left unsent; what was sent stays as history. */
  async replacePlan(tx: Tx, runId: number, round: number, items: readonly PlannedItem[], at: number): Promise<void> {
    await tx.query(`delete from refresh_item where run_id = $1 and outcome in ('planned', 'exception')`, [runId]);
    await this.add(tx, runId, round, items, at);
    crashPoint('plan-made');
  }

  async add(tx: Tx, runId: number, round: number, items: readonly PlannedItem[], at: number): Promise<void> {
    const flat = items.map((item) => ({ ...item, fields: JSON.stringify(item.fields) }));
    await tx.query(
      `insert into refresh_item (run_id, seq, kind, record_id, customer_id, if_match, fields, outcome, code, round, at)
       select $1, last.seq + row_number() over (), t.kind, t.record_id, t.customer_id, t.if_match, t.fields, t.outcome, t.code, $2, $3
       from (select coalesce(max(seq), 0) as seq from refresh_item where run_id = $1) last,
            unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::text[])
              as t(kind, record_id, customer_id, if_match, fields, outcome, code)`,
      [
        runId,
        round,
        new Date(at),
        ...columns(flat, ['kind', 'recordId', 'customerId', 'ifMatch', 'fields', 'outcome', 'code']),
      ],
    );
  }

  async open(tx: Tx, runId: number, outcome: 'planned' | 'sent', limit: number): Promise<OpenItem[]> {
    const rows = await tx.query<Omit<OpenItem, 'fields'> & { fields: string }>(
      `select seq, kind, record_id as "recordId", customer_id as "customerId", delivery_id as "deliveryId", if_match as "ifMatch", fields
       from refresh_item where run_id = $1 and outcome = $2 order by seq limit $3`,
      [runId, outcome, limit],
    );
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as FieldChange[] }));
  }

  async drop(tx: Tx, runId: number, seqs: readonly number[]): Promise<void> {
    if (seqs.length > 0) await tx.query('delete from refresh_item where run_id = $1 and seq = any($2)', [runId, seqs]);
  }

  /** About to be sent: from here on the delivery may have happened. */
  async markSent(tx: Tx, runId: number, items: readonly SentItem[], at: number): Promise<void> {
    const flat = items.map((item) => ({ ...item, fields: JSON.stringify(item.fields) }));
    await tx.query(
      `update refresh_item i set outcome = 'sent', record_id = t.record_id, delivery_id = t.delivery_id, if_match = t.if_match,
         fields = t.fields, at = $2
       from unnest($3::bigint[], $4::bigint[], $5::uuid[], $6::bigint[], $7::text[]) as t(seq, record_id, delivery_id, if_match, fields)
       where i.run_id = $1 and i.seq = t.seq`,
      [runId, new Date(at), ...columns(flat, ['seq', 'recordId', 'deliveryId', 'ifMatch', 'fields'])],
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

  /** What the system would not take of this run, by record: fields as canonical text, and its code. */
  async refused(tx: Tx, runId: number): Promise<Map<number, { fields: string; code: string | null }>> {
    const rows = await tx.query<{ record_id: number; fields: string; code: string | null }>(
      `select record_id, fields, code from refresh_item where run_id = $1 and outcome = 'parked' and record_id is not null order by seq`,
      [runId],
    );
    return new Map(rows.map(({ record_id, ...refused }) => [record_id, refused]));
  }

  /** What keeps the system from being equal: exceptions of the last plan, and items that were never sent. */
  async unequal(tx: Tx, runId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::int as n from refresh_item where run_id = $1 and outcome in ('exception', 'planned')`,
      [runId],
    );
    return row!.n;
  }

  /** Records with a delivery under way in another run: its answer decides, so no other delivery may overtake it. */
  async underWay(tx: Tx, systemId: number, exceptRun: number): Promise<Set<number>> {
    const rows = await tx.query<{ record_id: number }>(
      `select i.record_id from refresh_run r join refresh_item i using (run_id)
       where r.system_id = $1 and r.run_id <> $2 and i.outcome = 'sent' and i.record_id is not null`,
      [systemId, exceptRun],
    );
    return new Set(rows.map((row) => row.record_id));
  }

  /** Deliveries that were to make these records and have no answer yet: a repeated create must be the same delivery. */
  async unansweredCreates(tx: Tx, recordIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await tx.query<{ record_id: number; delivery_id: string }>(
      `select distinct on (o.record_id) o.record_id, o.delivery_id from unnest($1::bigint[]) as t(id)
       join record_entry o on o.record_id = t.id and o.kind = 'offer' and o.delivery_id is not null
       where not exists (select 1 from record_entry a where a.record_id = o.record_id and a.kind = 'receipt' and a.delivery_id = o.delivery_id)
       order by o.record_id, o.entry_id desc`,
      [recordIds],
    );
    return new Map(rows.map((row) => [row.record_id, row.delivery_id]));
  }
}
