import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable, Logger } from '@nestjs/common';
import { survive } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { integrityChecks, openConflicts } from '../stages/integrity/checks.ts';
import { IntegrityStore, type Looked } from '../stages/integrity/integrity.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { memberOf, takesPart } from './members.ts';
import { SystemsInForce } from './systems-in-force.ts';

const everyMs = 3 * 60 * 1000;
/** So many rows of each table are looked at at a time, so that a look stays cheap however large the hub is. */
const rowsAtOnce = 20_000;
/** Conflicts are worked out again, which costs more. */
const conflictsAtOnce = 500;
/** So many identities of one check go to the log at a time. */
const loggedAtMost = 20;

/** Looks every few minutes whether what must always hold does, a slice of each table at a time, and tells what does not. */
@Injectable()
export class Integrity {
  private readonly log = new Logger('Integrity');
  private dueAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: IntegrityStore,
    private readonly systems: SystemsInForce,
    private readonly records: RecordsStore,
    private readonly decisions: DecisionsStore,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
  ) {}

  /** One look at a slice of each table, when it is time. Always false: nothing is left to do until then. */
  async next(): Promise<boolean> {
    const now = this.clock.now();
    if (now < this.dueAt) return false;
    this.dueAt = now + everyMs;
    await this.look(rowsAtOnce, conflictsAtOnce);
    return false;
  }

  /** Looks at everything, and returns how many faults there are by check. */
  async whole(): Promise<Record<string, number>> {
    await this.database.transaction((tx) => this.store.beginAnew(tx));
    await this.look(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const states = await this.database.read((tx) => this.store.states(tx));
    return Object.fromEntries(states.map(({ name, faults }) => [name, faults]));
  }

  private async look(rows: number, conflicts: number): Promise<void> {
    const now = this.clock.now();
    const looked = await this.database.read(async (tx) => {
      const positions = await this.store.positions(tx);
      const slices: Looked[] = [];
      for (const check of integrityChecks) {
        slices.push(await this.store.look(tx, check, positions.get(check.name) ?? 0, rows));
      }
      const after = positions.get(openConflicts.name) ?? 0;
      return [...slices, ...(await this.settledConflicts(tx, after, conflicts, now))];
    });
    const found = await this.database.transaction((tx) => this.store.keep(tx, looked, now));
    for (const [name, ids] of found) {
      this.log.error(`${name} does not hold for ${ids.length}: ${ids.slice(0, loggedAtMost).join(', ')}`);
    }
  }

  /** Open conflicts that survivorship, worked out again, does not find any more. */
  private async settledConflicts(tx: Tx, after: number, most: number, asOf: number): Promise<Looked[]> {
    if (await this.isUnderWay(tx, asOf)) return [];
    const looked = await this.store.look(tx, openConflicts, after, most);
    const open = await this.store.conflicts(tx, looked.faults);
    const inForce = await this.systems.load(tx);
    const { document: rules } = await this.rules.inForce(tx);
    const customerIds = [...new Set(open.map((one) => one.customerId))];
    const records = (await this.records.byCustomers(tx, customerIds)).filter(takesPart);
    const recordIds = records.map((record) => record.recordId);
    const decisions = valueDecisions(await this.decisions.standing(tx, recordIds));
    const model = await modelInForce(tx);
    const stands = new Set<string>();
    for (const [customerId, own] of Map.groupBy(records, (record) => record.customerId!)) {
      const members = own.map((record) => memberOf(record, inForce));
      const { conflicts } = survive({ members, decisions, rules, model, asOf });
      for (const { attribute } of conflicts) stands.add(`${customerId} ${attribute}`);
    }
    const settled = open.filter(({ customerId, attribute }) => !stands.has(`${customerId} ${attribute}`));
    return [{ ...looked, faults: settled.map((one) => one.conflictId) }];
  }

  /** A new mapping, new rules or an instant that has come are still being worked in: until then conflicts are as before. */
  private async isUnderWay(tx: Tx, asOf: number): Promise<boolean> {
    if (await this.records.hasNewMapping(tx)) return true;
    return (await this.rules.notApplied(tx)) !== null || (await this.mastering.due(tx, asOf, 1)).length > 0;
  }
}
