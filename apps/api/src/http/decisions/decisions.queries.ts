import { modelsAt } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Decision } from '@cinch/api-contract';
import { assertionId, type Candidate, type Value, type Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { Decided } from '../../stages/decisions/decision.ts';
import { RecordNames } from '../records/record-names.ts';
import { nounOf, phraseOf } from './decision-words.ts';

/** Enough for a reader; what is older stays in the table. */
const newest = 200;

interface Row {
  decisionId: number;
  kind: Decided['kind'];
  conflictId: number | null;
  records: number[];
  body: string;
  reason: string;
  by: string;
  at: Date;
  undoneBy: string | null;
  undoneAt: Date | null;
  undoneReason: string | null;
  /** Of a choice: what the conflict that it settles is between. */
  candidates: string | null;
}

/** A decision that concerns a customer, standing or undone. */
export type ToldDecision = Omit<Decision, 'at' | 'undoneAt'> & {
  at: Date;
  undoneAt: Date | null;
  /** As it follows a name, and as an undo speaks of it. */
  phrase: string;
  noun: string;
};

@Injectable()
export class DecisionsQueries {
  /** Decisions about records that the customer has now, the latest first. */
  ofCustomer(tx: Tx, customerId: number): Promise<ToldDecision[]> {
    const isOf = 'd.records && array(select record_id from source_record where customer_id = $2)';
    return this.those(tx, isOf, [customerId]);
  }

  /** What was said of any record of the one customer and any of the other being of one customer or of two, the latest first. */
  ofPair(tx: Tx, one: number, other: number): Promise<ToldDecision[]> {
    const recordsOf = (place: string) => `array(select record_id from source_record where customer_id = ${place})`;
    const isOf = `d.kind in ('link', 'not-same') and d.records && ${recordsOf('$2')} and d.records && ${recordsOf('$3')}
      and exists (select 1 from json_array_elements(d.body::json -> 'pairs') p
                  cross join lateral (select array[(p ->> 0)::bigint, (p ->> 1)::bigint] as both) named
                  where named.both && ${recordsOf('$2')} and named.both && ${recordsOf('$3')})`;
    return this.those(tx, isOf, [one, other]);
  }

  private async those(tx: Tx, isOf: string, parameters: readonly number[]): Promise<ToldDecision[]> {
    const rows = await tx.query<Row>(
      `select d.decision_id as "decisionId", d.kind, d.conflict_id as "conflictId", d.records, d.body, d.reason, d.made_by as by,
         d.made_at as at, d.undone_by as "undoneBy", d.undone_at as "undoneAt", d.undone_reason as "undoneReason", f.candidates
       from decision d left join conflict f using (conflict_id)
       where ${isOf} order by d.decision_id desc limit $1`,
      [newest, ...parameters],
    );
    const names = await RecordNames.of(tx, rows.flatMap(namedIn));
    const modelAt = await modelsAt(
      tx,
      rows.map(({ at }) => at),
    );
    return rows.map((row) => told(row, names, modelAt(row.at)));
  }
}

export function shownDecision({ phrase: _, noun: __, at, undoneAt, ...decision }: ToldDecision): Decision {
  return { ...decision, at: at.toISOString(), undoneAt: undoneAt?.toISOString() ?? null };
}

function told(row: Row, names: RecordNames, model: Model): ToldDecision {
  const { decisionId, kind, conflictId, reason, by, at, undoneBy, undoneAt, undoneReason } = row;
  const decided = decidedIn(row);
  const { body } = decided;
  const phrase = phraseOf({ ...decided, value: valueOf(row, decided) }, names, model);
  const attribute = 'attribute' in body ? body.attribute : null;
  return {
    decisionId,
    kind,
    words: `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`,
    phrase,
    noun: nounOf(decided, model),
    attribute,
    label: attribute === null ? null : model.labelOf(attribute),
    conflictId,
    records: row.records.map((recordId) => ({ recordId, ...names.get(recordId) })),
    by,
    at,
    reason,
    undoneBy,
    undoneAt,
    undoneReason,
  };
}

function decidedIn({ kind, body }: Row): Decided {
  return { kind, body: JSON.parse(body) } as Decided;
}

function namedIn(row: Row): number[] {
  const { kind, body } = decidedIn(row);
  return kind === 'link' || kind === 'not-same' ? [...row.records, ...body.pairs.flat()] : row.records;
}

/** The value that was chosen or asked for. A choice made before decisions kept what they were shown has it in its conflict. */
function valueOf({ candidates }: Row, { kind, body }: Decided): Value | null | undefined {
  if (kind === 'answer') return body.shown?.[body.request]?.value;
  if (kind !== 'choice') return undefined;
  const shown = body.shown?.[body.chosen];
  if (shown || candidates === null) return shown?.value;
  return (JSON.parse(candidates) as Candidate[]).find((one) => assertionId(one) === body.chosen)?.value;
}
