import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { MatchPair } from '@cinch/api-contract';
import { explain, unpackKnown, type Model } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { FeaturesCache } from '../../stages/matching/features-cache.ts';
import { ModelsStore, type JudgeInForce } from '../../stages/matching/models.store.ts';
import { DecisionsQueries, shownDecision, type ToldDecision } from '../decisions/decisions.queries.ts';
import { recordState } from '../records/record-state.ts';
import { twiceIn, vetoOf } from './nobody-twice.ts';
import { tellingValues } from './telling-values.ts';

type PairRecord = MatchPair['records'][number];

interface Row extends Omit<PairRecord, 'values' | 'changedAt'> {
  customerNumber: number;
  changedAt: Date | null;
  known: string;
}

/** Any two records beside each other, as they stand today: before, between and after what people said of them. */
@Injectable()
export class MatchPairQueries {
  constructor(
    private readonly models: ModelsStore,
    private readonly cache: FeaturesCache,
    private readonly decisions: DecisionsQueries,
  ) {}

  async one(tx: Tx, one: number, other: number): Promise<MatchPair> {
    const rows = await this.records(tx, [one, other]);
    if (rows.length < 2)
      throw new ProblemError('not-found', 'One of these records does not exist. Open the pair from the match reviews.');
    const [left, right] = rows as [Row, Row];
    const judge = await this.models.inForce(tx);
    const model = await modelInForce(tx);
    const told = await this.decisions.ofPair(tx, left.customerNumber, right.customerNumber);
    const { link, review } = judge.model.thresholds;
    return {
      state: left.customerNumber === right.customerNumber ? 'together' : isKeptApart(told) ? 'apart' : 'open',
      records: [shownRecord(left, model), shownRecord(right, model)],
      evidence: await this.evidence(tx, judge, one, other),
      thresholds: { link, review },
      decisions: told.map(shownDecision),
    };
  }

  private async evidence(tx: Tx, judge: JudgeInForce, one: number, other: number): Promise<MatchPair['evidence']> {
    const features = await this.cache.of(tx, judge, [one, other]);
    const [left, right] = [features.get(one), features.get(other)];
    const comparison = left && right ? judge.scorer.compare(left, right) : null;
    if (!comparison) return null;
    const explanation = explain(comparison, judge.scorer);
    const [row] = await tx.query<{ twice: string | null }>(
      `select ${twiceIn('$3')} as twice from source_record r join source_record o on o.record_id = $2 where r.record_id = $1`,
      [one, other, judge.model.duplicateFree ?? []],
    );
    return { records: [one, other], ...explanation, veto: vetoOf(explanation, row!.twice) };
  }

  /** In the order in which they are named. */
  private records(tx: Tx, recordIds: readonly [number, number]): Promise<Row[]> {
    return tx.query<Row>(
      `select r.record_id as "recordId", s.code as system, s.name as "systemName", r.source_key as "sourceId", r.kind,
         r.customer_id as "customerNumber", c.public_id as "customerId", coalesce(g.display, '(retired)') as customer,
         ${recordState} as state, r.head_at as "changedAt", r.known
       from unnest($1::bigint[]) with ordinality as t(id, place)
       join source_record r on r.record_id = t.id join system s using (system_id)
       join customer c using (customer_id) left join golden g using (customer_id) order by t.place`,
      [recordIds],
    );
  }
}

function isKeptApart(told: readonly ToldDecision[]): boolean {
  return told.some(({ kind, undoneAt }) => kind === 'not-same' && undoneAt === null);
}

function shownRecord({ known, changedAt, customerNumber: _, ...record }: Row, model: Model): PairRecord {
  return {
    ...record,
    changedAt: changedAt?.toISOString() ?? null,
    values: tellingValues(unpackKnown(known).asserted, model),
  };
}
