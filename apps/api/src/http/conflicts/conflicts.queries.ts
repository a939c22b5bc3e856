import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Conflict, ConflictPage } from '@cinch/api-contract';
import { assertionId, type AttributeId, type Candidate } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { instantSaid } from '../instant.ts';
import { along, cut, type SortedPage } from '../paging.ts';
import { RecordNames } from '../records/record-names.ts';

export interface ConflictFilter extends SortedPage {
  state: 'open' | 'closed';
  attribute?: string | undefined;
}

interface Row {
  conflictId: number;
  customerId: string;
  customer: string;
  attribute: AttributeId;
  cause: Conflict['cause'];
  candidates: string;
  openedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  decisionId: number | null;
  chosen: string;
  by: string;
  at: Date;
  reason: string;
  undone: boolean;
}

const selected = `select f.conflict_id as "conflictId", c.public_id as "customerId", coalesce(g.display, '(retired)') as customer,
    f.attribute, f.cause, f.candidates, f.opened_at as "openedAt", f.closed_at as "closedAt", f.closed_by as "closedBy",
    d.decision_id as "decisionId", d.body::json ->> 'chosen' as chosen, d.made_by as by, d.made_at as at, d.reason, d.undone_at is not null as undone
  from conflict f join customer c using (customer_id) left join golden g using (customer_id)
  left join lateral (select * from decision where decision.conflict_id = f.conflict_id and kind = 'choice'
                     order by decision_id desc limit 1) d on true`;

@Injectable()
export class ConflictsQueries {
  async list(tx: Tx, { state, attribute, cursor, limit, sort }: ConflictFilter): Promise<ConflictPage> {
    const opened = along('f.conflict_id', { sort });
    const rows = await tx.query<Row>(
      `${selected} where (f.closed_at is null) = $1 and ($2::text is null or f.attribute = $2)
         and ${opened.beyond('$3')} order by ${opened.order} limit $4`,
      [state === 'open', attribute ?? null, cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.conflictId);
    const [open] = await tx.query<{ n: number }>('select count(*) as n from conflict where closed_at is null');
    return { conflicts: await conflictsOf(tx, shown), nextCursor, open: open!.n };
  }

  /** In the order of their numbers. */
  async some(tx: Tx, conflictIds: readonly number[]): Promise<Conflict[]> {
    const rows = await tx.query<Row>(`${selected} where f.conflict_id = any($1::bigint[]) order by 1`, [conflictIds]);
    return conflictsOf(tx, rows);
  }

  async one(tx: Tx, conflictId: number): Promise<Conflict | null> {
    const [conflict] = await conflictsOf(tx, await tx.query<Row>(`${selected} where f.conflict_id = $1`, [conflictId]));
    return conflict ?? null;
  }
}

async function conflictsOf(tx: Tx, rows: readonly Row[]): Promise<Conflict[]> {
  const parsed = rows.map((row) => ({ row, candidates: JSON.parse(row.candidates) as Candidate[] }));
  const names = await RecordNames.of(
    tx,
    parsed.flatMap(({ candidates }) => candidates.map((candidate) => candidate.recordId)),
  );
  const model = await modelInForce(tx);
  return parsed.map(({ row, candidates }) => ({
    conflictId: row.conflictId,
    customerId: row.customerId,
    customer: row.customer,
    attribute: row.attribute,
    label: model.labelOf(row.attribute),
    cause: row.cause,
    state: row.closedAt === null ? 'open' : 'closed',
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: row.closedBy,
    candidates: candidates.map((candidate) => ({
      assertionId: assertionId(candidate),
      ...names.speakerOf(candidate),
      value: candidate.value,
      display: model.words(row.attribute, candidate.value),
      at: instantSaid(candidate.at),
      provisional: candidate.provisional,
    })),
    decision: decisionOf(row),
  }));
}

function decisionOf({ decisionId, chosen, by, at, reason, undone }: Row): Conflict['decision'] {
  return decisionId === null ? null : { decisionId, chosen, by, at: at.toISOString(), reason, undone };
}
