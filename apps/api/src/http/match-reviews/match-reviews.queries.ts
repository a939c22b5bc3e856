import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { MatchReview, MatchReviewPage, RecordName } from '@cinch/api-contract';
import { explain, type GoldenAttributes } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import { FeaturesCache } from '../../stages/matching/features-cache.ts';
import { ModelsStore } from '../../stages/matching/models.store.ts';
import { isTombstoned } from '../records/record-state.ts';
import { twiceIn, vetoOf } from './nobody-twice.ts';
import { tellingValues } from './telling-values.ts';

type ReviewedCustomer = MatchReview['customers'][number];

interface Pair {
  one: number;
  other: number;
}

/** After which pair of customers, by their internal numbers, a page begins. */
export interface ReviewPage {
  after: Pair;
  limit: number;
}

/** Customers looked at in one step, and in one call: few reviews in a large population must not make a call long. */
const atOnce = 1_000;
const stepsAtMost = 20;
/** Pairs of records that are compared of each pair of customers: the likeliest ones. */
const comparedEach = 24;

/** SQL: the records by which `customer` is told to be like another. */
const recordsOf = (customer: string) =>
  `array(select m.record_id from source_record m where m.customer_id = ${customer})`;

@Injectable()
export class MatchReviewsQueries {
  constructor(
    private readonly models: ModelsStore,
    private readonly cache: FeaturesCache,
  ) {}

  /** Pairs of customers that share evidence too weak to link them, and that nobody has said are not the same. */
  async list(tx: Tx, { after, limit }: ReviewPage): Promise<MatchReviewPage> {
    const pairs: Pair[] = [];
    let from = after;
    for (let step = 0; step < stepsAtMost; step += 1) {
      const { found, last } = await this.step(tx, from, limit + 1 - pairs.length);
      pairs.push(...found);
      if (pairs.length > limit) {
        const shown = pairs.slice(0, limit);
        return { reviews: await this.shown(tx, shown), nextCursor: cursorOf(shown.at(-1)!) };
      }
      if (last === null) return { reviews: await this.shown(tx, pairs), nextCursor: null };
      from = { one: last, other: Number.MAX_SAFE_INTEGER };
    }
    return { reviews: await this.shown(tx, pairs), nextCursor: cursorOf(from) };
  }

  /** The pairs of the next customers, each pair with the one founded first; `last` is null when there are no further customers. */
  private async step(tx: Tx, from: Pair, limit: number): Promise<{ found: Pair[]; last: number | null }> {
    const found = await tx.query<Pair>(
      `select own.customer_id as one, near.customer_id as other
       from (select customer_id from customer where state = 'live' and customer_id >= $1 order by 1 limit $3) own
       cross join lateral (
         select distinct o.customer_id
         from source_record r join match_edge e on e.record_id = r.record_id and e.asks
         join source_record o on o.record_id = e.other_id
         join customer c on c.customer_id = o.customer_id and c.state = 'live'
         where r.customer_id = own.customer_id and not r.excluded and not ${isTombstoned} and not o.excluded
           and o.customer_id > case when own.customer_id = $1 then greatest($1, $2) else own.customer_id end
           and not exists (
             select 1 from decision d cross join lateral json_array_elements(d.body::json -> 'pairs') p
             where d.kind = 'not-same' and d.undone_at is null
               and d.records && ${recordsOf('own.customer_id')} and d.records && ${recordsOf('o.customer_id')}
               and array[(p ->> 0)::bigint, (p ->> 1)::bigint] && ${recordsOf('own.customer_id')}
               and array[(p ->> 0)::bigint, (p ->> 1)::bigint] && ${recordsOf('o.customer_id')})
         order by 1 limit $4) near
       order by 1, 2 limit $4`,
      [from.one, from.other, atOnce, limit],
    );
    const [page] = await tx.query<{ n: number; last: number | null }>(
      `select count(*) as n, max(customer_id) as last
       from (select customer_id from customer where state = 'live' and customer_id >= $1 order by 1 limit $2) own`,
      [from.one, atOnce],
    );
    return { found, last: page!.n < atOnce ? null : page!.last };
  }

  private async shown(tx: Tx, pairs: readonly Pair[]): Promise<MatchReview[]> {
    const customers = await this.customers(tx, [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]);
    const evidence = await this.evidence(tx, pairs);
    return pairs.map(({ one, other }, index) => {
      return { customers: [customers.get(one)!, customers.get(other)!], ...evidence[index]! };
    });
  }

  /**
   * Of each pair of customers the two records that contradict each other, where any do: what keeps them apart is what a person has to weigh.
   * Else the two that go together best. And why, and which two raised the question.
   */
  private async evidence(tx: Tx, pairs: readonly Pair[]): Promise<Pick<MatchReview, 'evidence' | 'raisedBy'>[]> {
    if (pairs.length === 0) return [];
    const judge = await this.models.inForce(tx);
    const compared = await tx.query<{
      place: number;
      one: number;
      other: number;
      asks: boolean | null;
      twice: string | null;
    }>(
      `select t.place, best.one, best.other, best.asks, best.twice from unnest($1::bigint[], $2::bigint[]) with ordinality as t(one, other, place)
       cross join lateral (
         select r.record_id as one, o.record_id as other, e.asks, ${twiceIn('$3')} as twice from source_record r
         join source_record o on o.customer_id = t.other and not o.excluded
         left join match_edge e on e.record_id = r.record_id and e.other_id = o.record_id
         where r.customer_id = t.one and not r.excluded order by e.weight desc nulls last, 1, 2 limit ${comparedEach}) best
       order by t.place`,
      [...columns(pairs, ['one', 'other']), judge.model.duplicateFree ?? []],
    );
    const features = await this.cache.of(tx, judge, [...new Set(compared.flatMap(({ one, other }) => [one, other]))]);
    const told = compared.flatMap(({ place, one, other, asks, twice }) => {
      const [left, right] = [features.get(one), features.get(other)];
      const comparison = left && right ? judge.scorer.compare(left, right) : null;
      return comparison ? [{ place, records: [one, other] as [number, number], comparison, asks, twice }] : [];
    });
    return pairs.map((_, index) => {
      const own = told.filter(({ place }) => place === index + 1);
      const ranked = own.toSorted((a, b) => b.comparison.weight - a.comparison.weight);
      const vetoed = ranked.find(({ comparison: { veto } }) => veto !== null);
      const shown = vetoed ?? ranked.find((one) => one.twice !== null) ?? ranked[0]!;
      const explanation = explain(shown.comparison, judge.scorer);
      const raising = ranked.find(({ asks }) => asks);
      return {
        evidence: { records: shown.records, ...explanation, veto: vetoOf(explanation, shown.twice) },
        raisedBy:
          !raising || raising === shown
            ? null
            : { records: raising.records, weight: explain(raising.comparison, judge.scorer).weight },
      };
    });
  }

  private async customers(tx: Tx, customerIds: readonly number[]): Promise<Map<number, ReviewedCustomer>> {
    const rows = await tx.query<
      Omit<ReviewedCustomer, 'values'> & { number: number; attributes: string; records: RecordName[] }
    >(
      `select g.customer_id as number, c.public_id as "customerId", g.kind, g.display, g.attributes,
         (select json_agg(json_build_object('recordId', r.record_id, 'system', s.code, 'systemName', s.name,
            'sourceId', r.source_key) order by r.record_id)
          from source_record r join system s using (system_id) where r.customer_id = g.customer_id) as records
       from golden g join customer c using (customer_id) where g.customer_id = any($1)`,
      [customerIds],
    );
    const model = await modelInForce(tx);
    return new Map(
      rows.map(({ number, attributes, ...row }) => [
        number,
        { ...row, values: tellingValues(JSON.parse(attributes) as GoldenAttributes, model) },
      ]),
    );
  }
}

function cursorOf({ one, other }: Pair): string {
  return `${one}.${other}`;
}
