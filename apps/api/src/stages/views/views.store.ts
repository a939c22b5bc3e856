import { Injectable } from '@nestjs/common';
import type { AttributeId, CustomerKind, GoldenAttributes, RecordState } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** A customer as one system should see it: its golden record, and the record it has there, if any. */
export interface ViewRow {
  customerId: number;
  /** The record that founded the customer: what a record made for it follows. */
  founder: number;
  display: string;
  golden: { kind: CustomerKind; version: number; attributes: GoldenAttributes; held: AttributeId[] };
  record: ViewedRow | null;
}

export interface ViewPage {
  rows: ViewRow[];
  /** Where the next page begins; null after the last one. */
  last: number | null;
}

interface ViewedRow {
  recordId: number;
  sourceKey: string | null;
  headVersion: number | null;
  headPosition: string | null;
  held: RecordState['held'];
  parked: RecordState['parked'];
}

interface Row {
  customer_id: number;
  founder_record: number;
  display: string;
  kind: CustomerKind;
  version: number;
  attributes: string;
  held_attributes: AttributeId[];
  record_id: number | null;
  source_key: string | null;
  head_version: number | null;
  head_position: string | null;
  held: string | null;
  parked: string | null;
}

const selected = `c.customer_id, c.founder_record, g.display, g.kind, g.version, g.attributes, g.held_attributes,
  r.record_id, r.source_key, r.head_version, r.head_position, r.held, r.parked`;

/** What each system should hold, and which of it went stale between refreshes. */
@Injectable()
export class ViewsStore {
  /** Every customer with a record in the system, or to be given one there; in pages by customer id. */
  async page(tx: Tx, systemId: number, creates: boolean, afterCustomer: number, limit: number): Promise<ViewPage> {
    const ids = await tx.query<{ customer_id: number }>(
      `select c.customer_id from customer c
       where c.state = 'live' and c.customer_id > $2
         and ($3 or exists (select 1 from source_record r where r.customer_id = c.customer_id and r.system_id = $1 and r.state = 'live'))
       order by 1 limit $4`,
      [systemId, afterCustomer, creates, limit],
    );
    const customerIds = ids.map((row) => row.customer_id);
    return { rows: await this.ofCustomers(tx, systemId, customerIds), last: customerIds.at(-1) ?? null };
  }

  async ofCustomers(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<ViewRow[]> {
    const rows = await tx.query<Row>(
      `select ${selected} from unnest($2::bigint[]) as t(id)
       join customer c on c.customer_id = t.id and c.state = 'live' join golden g on g.customer_id = c.customer_id
       left join source_record r on r.customer_id = c.customer_id and r.system_id = $1
       order by c.customer_id, r.record_id`,
      [systemId, customerIds],
    );
    return rows.map(asViewRow);
  }

  async ofKey(tx: Tx, systemId: number, sourceKey: string): Promise<(ViewRow & { publicId: string }) | null> {
    const [row] = await tx.query<Row & { public_id: string }>(
      `select ${selected}, c.public_id from source_record r
       join customer c on c.customer_id = r.customer_id join golden g on g.customer_id = c.customer_id
       where r.system_id = $1 and r.source_key = $2`,
      [systemId, sourceKey],
    );
    return row ? { ...asViewRow(row), publicId: row.public_id } : null;
  }

  /** The customers' views went stale in every armed system whose lane is on. */
  async markDirty(tx: Tx, customerIds: readonly number[], cause: 'push' | 'act', since: number): Promise<void> {
    await tx.query(
      `insert into dirty_view (system_id, customer_id, cause, since)
       select s.system_id, t.id, $2, $3 from unnest($1::bigint[]) as t(id)
       cross join system s where s.lane = 'on' and s.outbound = 'armed'
       order by 1, 2 on conflict do nothing`,
      [customerIds, cause, new Date(since)],
    );
  }

  /** Takes stale views of the system, oldest first: they are planned in the same transaction. */
  async takeDirty(tx: Tx, systemId: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ customer_id: number }>(
      `delete from dirty_view where (system_id, customer_id) in
         (select system_id, customer_id from dirty_view where system_id = $1 order by since limit $2)
       returning customer_id`,
      [systemId, limit],
    );
    return rows.map((row) => row.customer_id);
  }

  /** Systems with stale views that may go out now: lane on, armed, no refresh under way. */
  async lanesDue(tx: Tx): Promise<number[]> {
    const rows = await tx.query<{ system_id: number }>(
      `select s.system_id from system s
       where s.lane = 'on' and s.outbound = 'armed'
         and not exists (select 1 from refresh_run r where r.system_id = s.system_id and r.mode <> 'events'
                         and r.phase not in ('closed', 'failed', 'cancelled', 'planned'))
         and (exists (select 1 from dirty_view d where d.system_id = s.system_id)
              or exists (select 1 from refresh_run r join refresh_item i using (run_id)
                         where r.system_id = s.system_id and r.mode = 'events' and i.outcome in ('planned', 'sent')))
       order by 1`,
    );
    return rows.map((row) => row.system_id);
  }
}

function asViewRow(row: Row): ViewRow {
  return {
    customerId: row.customer_id,
    founder: row.founder_record,
    display: row.display,
    golden: {
      kind: row.kind,
      version: row.version,
      attributes: JSON.parse(row.attributes) as GoldenAttributes,
      held: row.held_attributes,
    },
    record:
      row.record_id === null
        ? null
        : {
            recordId: row.record_id,
            sourceKey: row.source_key,
            headVersion: row.head_version,
            headPosition: row.head_position,
            held: JSON.parse(row.held!) as RecordState['held'],
            parked: JSON.parse(row.parked!) as RecordState['parked'],
          },
  };
}
