import { modelsAt } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { HistoryEntry } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { DecisionsQueries } from '../decisions/decisions.queries.ts';
import { resolveCustomer } from './customer-identity.ts';
import {
  conflictEntries,
  decisionEntries,
  deliveryEntries,
  goldenEntries,
  pushEntries,
  runEntries,
  type Told,
} from './history-entries.ts';
import type { ConflictTold, DeliveryTold, GoldenTold, PushTold, RunTold } from './history-entries.ts';

/** Enough for a reader; what is older stays in the tables. */
const newest = 200;

/** Everything that moved a customer, or followed from it, newest first. */
@Injectable()
export class CustomerHistoryQueries {
  constructor(private readonly decisions: DecisionsQueries) {}

  async of(tx: Tx, publicId: string): Promise<HistoryEntry[]> {
    const { customerId } = await resolveCustomer(tx, publicId);
    const [golden, conflicts] = [await this.golden(tx, customerId), await this.conflicts(tx, customerId)];
    const modelAt = await modelsAt(tx, [...golden.map(({ at }) => at), ...conflicts.map(({ openedAt }) => openedAt)]);
    const told = [
      ...golden.flatMap((one) => goldenEntries(one, modelAt(one.at))),
      ...(await this.pushed(tx, customerId)).map(pushEntries),
      ...conflicts.flatMap((one) => conflictEntries(one, modelAt(one.openedAt))),
      ...(await this.decisions.ofCustomer(tx, customerId)).flatMap(decisionEntries),
      ...(await this.deliveries(tx, customerId)).map(deliveryEntries),
      ...(await this.runs(tx, customerId)).map(runEntries),
    ];
    return told
      .sort((a, b) => b.at.getTime() - a.at.getTime() || b.rank - a.rank)
      .slice(0, newest)
      .map(entryOf);
  }

  private golden(tx: Tx, customerId: number): Promise<GoldenTold[]> {
    return tx.query<GoldenTold>(
      `select version, from_at as at, cause, was, became, (select json_object_agg(code, name) from system) as systems
       from golden_history
       where customer_id = $1 order by version desc limit $2`,
      [customerId, newest],
    );
  }

  private pushed(tx: Tx, customerId: number): Promise<PushTold[]> {
    return tx.query<PushTold>(
      `select e.kind, e.filed_at as at, e.version, e.run_id as "runId", s.name as system, r.source_key as "sourceId"
       from source_record r join system s using (system_id) join record_entry e using (record_id)
       where r.customer_id = $1 and e.kind in ('push', 'heard', 'patch', 'increment', 'delete')
       order by e.entry_id desc limit $2`,
      [customerId, newest],
    );
  }

  private conflicts(tx: Tx, customerId: number): Promise<ConflictTold[]> {
    return tx.query<ConflictTold>(
      `select f.conflict_id as "conflictId", f.attribute, f.cause, f.candidates, f.opened_at as "openedAt",
         f.closed_at as "closedAt", f.closed_by as "closedBy"
       from conflict f where f.customer_id = $1 order by f.conflict_id desc limit $2`,
      [customerId, newest],
    );
  }

  private deliveries(tx: Tx, customerId: number): Promise<DeliveryTold[]> {
    return tx.query<DeliveryTold>(
      `select i.run_id as "runId", i.kind, i.fields, i.outcome, i.code, i.at, s.name as system, r.source_key as "sourceId", run.mode
       from refresh_item i join refresh_run run using (run_id) join system s using (system_id)
       left join source_record r using (record_id)
       where i.customer_id = $1 and i.outcome not in ('planned', 'withdrawn', 'exception') order by i.at desc limit $2`,
      [customerId, newest],
    );
  }

  /** The ends of the runs that delivered something of this customer. */
  private runs(tx: Tx, customerId: number): Promise<RunTold[]> {
    return tx.query<RunTold>(
      `select run.run_id as "runId", s.name as system, run.phase, run.closing, run.closed_at as at
       from refresh_run run join system s using (system_id)
       where run.closed_at is not null and exists (
         select 1 from refresh_item i where i.run_id = run.run_id and i.customer_id = $1
           and i.outcome not in ('planned', 'withdrawn', 'exception'))
       order by run.run_id desc limit $2`,
      [customerId, newest],
    );
  }
}

function entryOf({ rank: _, at, ...told }: Told): HistoryEntry {
  return { attribute: null, was: null, now: null, by: null, reason: null, runId: null, ...told, at: at.toISOString() };
}
