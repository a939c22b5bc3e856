import { Injectable } from '@nestjs/common';
import { assertionRef, type AttributeId, type Candidate } from '@cinch/canonical-model';
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
  async undo(tx: Tx, decisionId: number, { by, at, why }: Undoing): Promise<StandingDecision | null> {
    const [row] = await tx.query<Row>(
      `update decision set undone_by = $2, undone_at = $3, undone_reason = $4
       where decision_id = $1 and undone_at is null returning ${columns}`,
      [decisionId, by, new Date(at), why ?? null],
    );
    return row ? asDecision(row) : null;
  }

  /** Decisions bind the life of a record that they were made on: what was said of these records ends, and what was said of others stays. */
  async end(tx: Tx, recordIds: readonly number[], at: number): Promise<void> {
    const ended = new Set(recordIds);
    const why = 'The record began again: it may be somebody else.';
    for (const decision of await this.standing(tx, recordIds)) {
      const left = leftOf(decision, ended);
      if (left === decision) continue;
      await this.undo(tx, decision.decisionId, { by: theHub, at, why });
      if (left) await this.add(tx, left);
    }
  }
}

/** Who undoes what ends by itself. */
const theHub = 'the hub';

/** Who undoes a decision, when, and why if it was said. */
export interface Undoing {
  by: string;
  at: number;
  why?: string | undefined;
}

/** What is left of a decision once these records are in another life: itself, a part of it, or nothing. */
function leftOf(decision: StandingDecision, ended: ReadonlySet<number>): StandingDecision | null {
  switch (decision.kind) {
    case 'link':
    case 'not-same': {
      const pairs = decision.body.pairs.filter((pair) => !pair.some((id) => ended.has(id)));
      if (pairs.length === decision.body.pairs.length) return decision;
      const records = decision.records.filter((id) => !ended.has(id));
      return pairs.length === 0 ? null : { ...decision, records, body: { pairs } };
    }
    case 'pin':
    case 'exclude':
    case 'confirm-deleted':
      return ended.has(decision.body.recordId) ? null : decision;
    case 'choice':
      return ended.has(assertionRef(decision.body.chosen).recordId) ? null : decision;
    case 'answer': {
      const { request, target } = decision.body;
      return ended.has(assertionRef(request).recordId) || ended.has(target ?? 0) ? null : decision;
    }
    case 'reconsider':
    case 'reopen':
    case 'take-back':
      return decision;
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
