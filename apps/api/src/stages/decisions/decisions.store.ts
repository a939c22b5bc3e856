import { Injectable } from '@nestjs/common';
import type { AttributeId, Candidate } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { Decided, StandingDecision } from './decision.ts';

export interface OpenQuestion {
  conflictId: number;
  customerId: number;
  attribute: AttributeId;
  open: boolean;
  candidates: Candidate[];
}

/** A decision about to be stored. */
export type NewDecision = Decided & Omit<StandingDecision, 'kind' | 'body' | 'decisionId'>;

interface Row {
  decision_id: number;
  kind: Decided['kind'];
  conflict_id: number | null;
  records: number[];
  body: string;
  reason: string;
  made_by: string;
  made_at: Date;
}

const columns = 'decision_id, kind, conflict_id, records, body, reason, made_by, made_at';

/** People's decisions: facts that are added and undone, never changed. */
@Injectable()
export class DecisionsStore {
  async question(tx: Tx, conflictId: number): Promise<OpenQuestion | null> {
    const [row] = await tx.query<Omit<OpenQuestion, 'candidates'> & { candidates: string }>(
      `select conflict_id as "conflictId", customer_id as "customerId", attribute, closed_at is null as open, candidates
       from conflict where conflict_id = $1`,
      [conflictId],
    );
    return row ? { ...row, candidates: JSON.parse(row.candidates) as Candidate[] } : null;
  }

  async add(tx: Tx, decision: NewDecision): Promise<number> {
    const { kind, conflictId, records, body, reason, by, at } = decision;
    const [row] = await tx.query<{ decision_id: number }>(
      `insert into decision (kind, conflict_id, records, body, reason, made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning decision_id`,
      [kind, conflictId, records, JSON.stringify(body), reason, by, new Date(at)],
    );
    return row!.decision_id;
  }

  /** The standing decisions about any of these records, in the order in which they were made. */
  async standing(tx: Tx, recordIds: readonly number[]): Promise<StandingDecision[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<Row>(
      `select ${columns} from decision where undone_at is null and records && $1::bigint[] order by decision_id`,
      [recordIds],
    );
    return rows.map(asDecision);
  }

  /** The standing decisions about any of these records, or of those that stand with these customers. */
  async standingWith(
    tx: Tx,
    customerIds: readonly number[],
    recordIds: readonly number[],
  ): Promise<StandingDecision[]> {
    const rows = await tx.query<Row>(
      `select ${columns} from decision where undone_at is null and records && ($2::bigint[] || array(
         select r.record_id from unnest($1::bigint[]) as t(id) join source_record r on r.customer_id = t.id))
       order by decision_id`,
      [customerIds, recordIds],
    );
    return rows.map(asDecision);
  }

  /** What was undone; null when there is no such decision, or it is undone already. */
  async undo(tx: Tx, decisionId: number, by: string, at: number): Promise<StandingDecision | null> {
    const [row] = await tx.query<Row>(
      `update decision set undone_by = $2, undone_at = $3 where decision_id = $1 and undone_at is null returning ${columns}`,
      [decisionId, by, new Date(at)],
    );
    return row ? asDecision(row) : null;
  }
}

function asDecision(row: Row): StandingDecision {
  return {
    decisionId: row.decision_id,
    conflictId: row.conflict_id,
    records: row.records,
    reason: row.reason,
    by: row.made_by,
    at: row.made_at.getTime(),
    ...({ kind: row.kind, body: JSON.parse(row.body) } as Decided),
  };
}
