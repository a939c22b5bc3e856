import { Injectable } from '@nestjs/common';
import type { AttributeId, Candidate } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

export interface OpenQuestion {
  conflictId: number;
  customerId: number;
  attribute: AttributeId;
  open: boolean;
  candidates: Candidate[];
}

export interface NewChoice {
  conflictId: number;
  attribute: AttributeId;
  chosen: string;
  basis: string[];
  records: number[];
  reason: string;
  by: string;
  at: number;
}

/** Stewards' decisions: facts that are added and undone, never changed. */
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

  async choose(tx: Tx, choice: NewChoice): Promise<number> {
    const [row] = await tx.query<{ decision_id: number }>(
      `insert into decision (kind, conflict_id, attribute, chosen, basis, records, reason, made_by, made_at)
       values ('choice', $1, $2, $3, $4, $5, $6, $7, $8) returning decision_id`,
      [
        choice.conflictId,
        choice.attribute,
        choice.chosen,
        choice.basis,
        choice.records,
        choice.reason,
        choice.by,
        new Date(choice.at),
      ],
    );
    return row!.decision_id;
  }

  /** The records that the decision is about; null when there is no such decision, or it is undone already. */
  async undo(
    tx: Tx,
    decisionId: number,
    by: string,
    at: number,
  ): Promise<{ conflictId: number; records: number[]; reason: string } | null> {
    const [row] = await tx.query<{ conflict_id: number; records: number[]; reason: string }>(
      `update decision set undone_by = $2, undone_at = $3 where decision_id = $1 and undone_at is null
       returning conflict_id, records, reason`,
      [decisionId, by, new Date(at)],
    );
    return row ? { conflictId: row.conflict_id, records: row.records, reason: row.reason } : null;
  }
}
