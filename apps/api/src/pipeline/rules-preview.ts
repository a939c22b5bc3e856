import { Injectable } from '@nestjs/common';
import { RuleChangePreview, type PopulationDifference, type RuleDocument } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { memberOf } from './members.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** Small enough that other calls are answered in between. */
const atOnce = 200;

/** What other rules would do to the customers that are there, worked out without writing anything: a page of customers is in memory. */
@Injectable()
export class RulesPreview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
    private readonly records: RecordsStore,
    private readonly decisions: DecisionsStore,
  ) {}

  /** `version`: the rules in force, which the document is compared with. */
  of(document: RuleDocument): Promise<PopulationDifference & { version: number }> {
    return this.database.in('long').read(async (tx) => {
      const inForce = await this.systems.load(tx);
      const { version, document: present } = await this.rules.inForce(tx);
      const preview = new RuleChangePreview(present, document);
      const asOf = this.clock.now();
      for await (const customerIds of this.mastering.pages(tx, atOnce))
        await this.add(tx, inForce, preview, customerIds, asOf);
      return { ...preview.result(), version };
    });
  }

  private async add(
    tx: Tx,
    inForce: ReadonlyMap<number, SystemInForce>,
    preview: RuleChangePreview,
    customerIds: readonly number[],
    asOf: number,
  ): Promise<void> {
    const records = (await this.records.byCustomers(tx, customerIds)).filter((record) => !record.excluded);
    const recordIds = records.map((record) => record.recordId);
    const decisions = valueDecisions(await this.decisions.standing(tx, recordIds));
    for (const [customerId, own] of Map.groupBy(records, (record) => record.customerId!)) {
      const members = own.map((record) => memberOf(record, inForce));
      preview.add(customerId, { members, decisions, asOf });
    }
  }
}
