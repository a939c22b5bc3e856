import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Pin, PinPage } from '@cinch/api-contract';
import type { GoldenAttribute, Loser, Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { DecisionBodies } from '../../stages/decisions/decision.ts';
import { instant, instantSaid } from '../instant.ts';
import { along, cut, type SortedPage } from '../paging.ts';
import { RecordNames } from '../records/record-names.ts';

interface Row {
  decisionId: number;
  body: string;
  by: string;
  at: Date;
  reason: string;
  customerId: string;
  customer: string;
  /** The golden value that is pinned; null for a customer that has none. */
  golden: string | null;
}

/** Assertions of records that lost to a pin; a rival pin is none. */
const isAgainst = `l ->> 'why' = 'against-a-pin' and l ->> 'position' not like 'pin.%'`;

@Injectable()
export class PinsQueries {
  /** Pins that bind at the instant. */
  async list(tx: Tx, onlyAgainst: boolean, now: number, { cursor, limit, sort }: SortedPage): Promise<PinPage> {
    const made = along('d.decision_id', { sort });
    const rows = await tx.query<Row>(
      `select d.decision_id as "decisionId", d.body, d.made_by as by, d.made_at as at, d.reason, c.public_id as "customerId",
         coalesce(g.display, '(retired)') as customer, g.attributes::json ->> (d.body::json ->> 'attribute') as golden
       from decision d join source_record r on r.record_id = (d.body::json ->> 'recordId')::bigint
       join customer c using (customer_id) left join golden g using (customer_id)
       where d.kind = 'pin' and d.undone_at is null and coalesce((d.body::json ->> 'until')::bigint > $1, true)
         and ${made.beyond('$2')}
         and (not $3 or exists (
           select 1 from json_array_elements(g.attributes::json -> (d.body::json ->> 'attribute') -> 'losers') l where ${isAgainst}))
       order by ${made.order} limit $4`,
      [now, cursor ?? null, onlyAgainst, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.decisionId);
    const pins = shown.map((row) => ({ row, against: againstIn(row) }));
    const names = await RecordNames.of(
      tx,
      pins.flatMap(({ against }) => against.map((loser) => loser.recordId)),
    );
    const model = await modelInForce(tx);
    return { pins: pins.map(({ row, against }) => pinOf(row, against, names, model)), nextCursor };
  }
}

function againstIn({ golden }: Row): Loser[] {
  const losers = golden === null ? [] : (JSON.parse(golden) as GoldenAttribute).losers;
  return losers.filter(({ why, position }) => why === 'against-a-pin' && !position.startsWith('pin.'));
}

function pinOf({ body, at, golden: _, ...row }: Row, against: readonly Loser[], names: RecordNames, model: Model): Pin {
  const { attribute, value, until } = JSON.parse(body) as DecisionBodies['pin'];
  return {
    ...row,
    attribute,
    label: model.labelOf(attribute),
    value,
    display: model.words(attribute, value),
    until: until === null ? null : instant(until),
    at: at.toISOString(),
    against: against.map((loser) => ({
      ...names.get(loser.recordId),
      display: model.words(attribute, loser.value),
      at: instantSaid(loser.at),
    })),
  };
}
