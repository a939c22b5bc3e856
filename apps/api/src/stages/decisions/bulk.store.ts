import { Injectable } from '@nestjs/common';
import { assertionId, type AttributeId, type Candidate } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import type { OpenQuestion } from './decisions.store.ts';
import { sameQuestion, type Asked } from './same-question.ts';

/** The same answer to one of the questions. */
export interface BulkChoice {
  question: OpenQuestion;
  /** The assertion of the chosen system. */
  chosen: string;
  basis: string[];
}

export interface BulkStep {
  bulkId: number;
  conflictId: number;
  chosen: string;
  basis: string[];
  decisionId: number | null;
  reason: string;
  by: string;
  /** It is to be undone, by whom and why. */
  undoing: { by: string; why: string | null } | null;
}

/** Answers of people to the same question about many customers. */
@Injectable()
export class BulkStore {
  /** The open conflicts that ask the same as this one, each with the value of the chosen system: `most` at most, and one more. */
  async same(tx: Tx, conflictId: number, asked: Asked, most: number): Promise<BulkChoice[]> {
    const [first] = await this.questions(tx, 'f.conflict_id = $1', [conflictId, 1]);
    if (!first) return [];
    const rows = await this.questions(
      tx,
      'f.attribute = $1 and f.cause = (select cause from conflict where conflict_id = $3)',
      [first.attribute, most * 10, conflictId],
    );
    const ids = [...new Set([first, ...rows].flatMap(({ candidates }) => candidates.map(({ recordId }) => recordId)))];
    const systems = await this.systemsOf(tx, ids);
    const same = sameQuestion(first, asked, systems);
    const found = rows.flatMap((question) => {
      const chosen = same(question);
      const basis = question.candidates.map(assertionId);
      return chosen === null ? [] : [{ question, chosen: assertionId(chosen), basis }];
    });
    return found.slice(0, most + 1);
  }

  async add(
    tx: Tx,
    bulk: { attribute: AttributeId; system: string; reason: string; by: string; at: number },
    choices: readonly BulkChoice[],
  ): Promise<number> {
    const { attribute, system, reason, by, at } = bulk;
    const [row] = await tx.query<{ bulk_id: number }>(
      `insert into bulk_decision (attribute, chosen_system, reason, made_by, made_at) values ($1, $2, $3, $4, $5)
       returning bulk_id`,
      [attribute, system, reason, by, new Date(at)],
    );
    const rows = choices.map(({ question, chosen, basis }) => {
      return { conflictId: question.conflictId, chosen, basis: JSON.stringify(basis) };
    });
    await tx.write(
      `insert into bulk_choice (bulk_id, conflict_id, chosen, basis)
       select $1, t.id, t.chosen, array(select json_array_elements_text(t.basis::json))
       from unnest($2::bigint[], $3::text[], $4::text[]) as t(id, chosen, basis)`,
      [row!.bulk_id, ...columns(rows, ['conflictId', 'chosen', 'basis'])],
    );
    return row!.bulk_id;
  }

  /** What is to be done next: a choice to be made, or one to be undone. */
  async next(tx: Glance): Promise<BulkStep | null> {
    const [row] = await tx.query<BulkStep>(
      `select c.bulk_id as "bulkId", c.conflict_id as "conflictId", c.chosen, c.basis, c.decision_id as "decisionId", b.reason, b.made_by as by,
         case when b.undone_at is not null then json_build_object('by', b.undone_by, 'why', b.undone_reason) end as undoing
       from bulk_choice c join bulk_decision b using (bulk_id)
       where c.state = 'waiting' or c.state = 'made' and b.undone_at is not null order by c.bulk_id, c.conflict_id limit 1`,
    );
    return row ?? null;
  }

  async note(
    tx: Tx,
    { bulkId, conflictId }: Pick<BulkStep, 'bulkId' | 'conflictId'>,
    state: 'made' | 'changed' | 'undone',
    decisionId: number | null,
  ): Promise<void> {
    await tx.write(
      'update bulk_choice set state = $3, decision_id = coalesce($4, decision_id) where bulk_id = $1 and conflict_id = $2',
      [bulkId, conflictId, state, decisionId],
    );
  }

  /** Whether it stood until now. What was not made yet is made no more. */
  async undo(
    tx: Tx,
    bulkId: number,
    { by, at, why }: { by: string; at: number; why: string | null },
  ): Promise<boolean> {
    const rows = await tx.query(
      `update bulk_decision set undone_by = $2, undone_at = $3, undone_reason = $4
       where bulk_id = $1 and undone_at is null returning 1`,
      [bulkId, by, new Date(at), why],
    );
    await tx.write(`update bulk_choice set state = 'undone' where bulk_id = $1 and state = 'waiting'`, [bulkId]);
    return rows.length > 0;
  }

  private async questions(tx: Tx, where: string, given: unknown[]): Promise<OpenQuestion[]> {
    const rows = await tx.query<Omit<OpenQuestion, 'candidates'> & { candidates: string }>(
      `select f.conflict_id as "conflictId", f.customer_id as "customerId", f.attribute, true as open, f.candidates
       from conflict f where f.closed_at is null and ${where} order by f.conflict_id limit $2`,
      given,
    );
    return rows.map((row) => ({ ...row, candidates: JSON.parse(row.candidates) as Candidate[] }));
  }

  private async systemsOf(tx: Tx, recordIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await tx.query<{ id: number; code: string }>(
      `select r.record_id as id, s.code from unnest($1::bigint[]) as t(id)
       join source_record r on r.record_id = t.id join system s using (system_id)`,
      [recordIds],
    );
    return new Map(rows.map(({ id, code }) => [id, code]));
  }
}
