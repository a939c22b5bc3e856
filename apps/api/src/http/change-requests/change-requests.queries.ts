import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { ChangeRequest, ChangeRequestPage } from '@cinch/api-contract';
import { assertionRef, type AttributeId, type Value, type Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { along, cut, type SortedPage } from '../paging.ts';
import { RecordNames } from '../records/record-names.ts';
import { isTombstoned } from '../records/record-state.ts';

interface Row {
  requestId: number;
  customerId: string;
  customer: string;
  attribute: AttributeId;
  state: ChangeRequest['state'];
  assertion: string;
  system: string;
  owner: string;
  targets: string[];
  value: string;
  base: string;
  openedAt: Date;
  closedAt: Date | null;
  decisionId: number | null;
  accepted: boolean;
  by: string;
  at: Date;
  reason: string;
  undone: boolean;
}

@Injectable()
export class ChangeRequestsQueries {
  /** Writes to attributes that another system owns. */
  async list(tx: Tx, state: ChangeRequest['state'], { cursor, limit, sort }: SortedPage): Promise<ChangeRequestPage> {
    const opened = along('q.request_id', { sort });
    const rows = await tx.query<Row>(
      `select q.request_id as "requestId", c.public_id as "customerId", coalesce(g.display, '(retired)') as customer, q.attribute,
         q.state, q.assertion, q.system, q.owner, q.value, q.base, q.opened_at as "openedAt", q.closed_at as "closedAt",
         array(select r.source_key from source_record r join system s using (system_id)
               where r.customer_id = q.customer_id and s.code = q.owner and r.source_key is not null and not r.excluded
                 and not ${isTombstoned} order by 1) as targets,
         d.decision_id as "decisionId", (d.body::json ->> 'accepted')::boolean as accepted, d.made_by as by, d.made_at as at,
         d.reason, d.undone_at is not null as undone
       from change_request q join customer c using (customer_id) left join golden g using (customer_id)
       left join lateral (
         select * from decision d
         where d.kind = 'answer' and d.records @> array[split_part(q.assertion, '@', 1)::bigint]
           and d.body::json ->> 'request' = q.assertion and d.body::json ->> 'attribute' = q.attribute
         order by d.decision_id desc limit 1) d on true
       where q.state = $1 and ${opened.beyond('$2')} order by ${opened.order} limit $3`,
      [state, cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.requestId);
    const [open] = await tx.query<{ n: number }>(`select count(*) as n from change_request where state = 'open'`);
    const names = await RecordNames.of(
      tx,
      shown.map(({ assertion }) => assertionRef(assertion).recordId),
    );
    const model = await modelInForce(tx);
    return { requests: shown.map((row) => requestOf(row, names, model)), nextCursor, open: open!.n };
  }
}

function requestOf(row: Row, names: RecordNames, model: Model): ChangeRequest {
  const { requestId, customerId, customer, attribute, state, system, owner, targets } = row;
  const { systemName, sourceId } = names.get(assertionRef(row.assertion).recordId);
  const value = JSON.parse(row.value) as Value | null;
  const base = JSON.parse(row.base) as Value | null;
  return {
    requestId,
    customerId,
    customer,
    attribute,
    label: model.labelOf(attribute),
    state,
    system,
    systemName,
    sourceId,
    owner,
    targets,
    value,
    display: model.words(attribute, value),
    base,
    baseDisplay: model.words(attribute, base),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    decision: decisionOf(row),
  };
}

function decisionOf({ decisionId, accepted, by, at, reason, undone }: Row): ChangeRequest['decision'] {
  return decisionId === null ? null : { decisionId, accepted, by, at: at.toISOString(), reason, undone };
}
