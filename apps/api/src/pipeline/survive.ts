import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import { entriesOf, type AttributeId } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import type { Cause } from '../stages/mastering/cause.ts';
import { Mastering, type MasteringMember } from '../stages/mastering/mastering.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { LivesStore } from '../stages/matching/lives.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { RunsStore } from '../stages/refreshes/runs.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { memberOf, takesPart } from './members.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** What the same piece of work has at hand already: records that it just kept, and the customers that begin with them. */
interface JustKept {
  kept: readonly SourceRecord[];
  founded: ReadonlySet<number>;
}

const nothing: JustKept = { kept: [], founded: new Set() };

/** Works out customers' golden records from all of their records and the decisions about these. */
@Injectable()
export class Survive {
  private readonly watched = new WeakMap<Tx, Set<number>>();

  constructor(
    private readonly clock: Clock,
    private readonly records: RecordsStore,
    private readonly decisions: DecisionsStore,
    private readonly rules: RulesStore,
    private readonly mastering: Mastering,
    private readonly runs: RunsStore,
    private readonly lives: LivesStore,
  ) {}

  /** From now on the customers that are worked out in the transaction are noted. */
  watch(tx: Tx): ReadonlySet<number> {
    const seen = new Set<number>();
    this.watched.set(tx, seen);
    return seen;
  }

  /** The golden values of customers that were there before which are others now. */
  async customers(
    tx: Tx,
    inForce: ReadonlyMap<number, SystemInForce>,
    customerIds: readonly number[],
    causeOf: (customerId: number) => Cause,
    { kept, founded } = nothing,
  ): Promise<Map<number, AttributeId[]>> {
    const older = customerIds.filter((customerId) => !founded.has(customerId));
    const [stored, standing, { document: rules }, before, model] = await Promise.all([
      this.records.byCustomers(tx, older),
      this.decisions.standingWith(
        tx,
        older,
        kept.map(({ recordId }) => recordId),
      ),
      this.rules.inForce(tx),
      this.mastering.before(tx, older),
      modelInForce(tx),
    ]);
    const records = new Map([...stored, ...kept].map((record) => [record.recordId, record]));
    const members = new Map<number, MasteringMember[]>(customerIds.map((customerId) => [customerId, []]));
    for (const record of records.values())
      if (takesPart(record)) members.get(record.customerId!)?.push(memberOf(record, inForce));
    const lives = await this.lives.of(tx, suppliersAway(records));
    const grounds = { decisions: valueDecisions(standing), rules, model, asOf: this.clock.now(), lives };
    const changed = await this.mastering.settle(tx, members, before, grounds, { causeOf, founded });
    await this.runs.noteChanged(tx, customerIds);
    for (const customerId of customerIds) this.watched.get(tx)?.add(customerId);
    return changed;
  }
}

/** Records that supplied values to these and are not among them: they may have begun again since. */
export function suppliersAway(records: ReadonlyMap<number, SourceRecord>): number[] {
  const away = new Set<number>();
  for (const { known } of records.values()) {
    for (const [, { supplier }] of entriesOf(known.delivered)) away.add(supplier.recordId);
    for (const [, { superseded }] of entriesOf(known.asserted)) if (superseded) away.add(superseded.recordId);
  }
  return [...away].filter((recordId) => !records.has(recordId));
}
