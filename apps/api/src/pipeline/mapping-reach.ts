import { Injectable } from '@nestjs/common';
import {
  compileLens,
  ReachCount,
  survive,
  viewDifference,
  type FieldChange,
  type MappingDocument,
  type Reach,
  type RuleDocument,
  type Survived,
  type ValueDecisions,
} from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { stored, Timelines } from '../stages/records/timelines.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { memberOf, takesPart } from './members.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** Small enough that other calls are answered in between. */
const atOnce = 200;

interface Side {
  records: readonly SourceRecord[];
  inForce: ReadonlyMap<number, SystemInForce>;
}

interface Grounds {
  rules: RuleDocument;
  decisions: ValueDecisions;
  asOf: number;
}

/**
 * What another mapping of a system would change, before it is published: golden values, and rows of every system that would be written
 * otherwise. All that the system ever said is read by it, a page of customers at a time, and nothing is written. Who is who is not judged anew.
 */
@Injectable()
export class MappingReach {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
    private readonly records: RecordsStore,
    private readonly decisions: DecisionsStore,
    private readonly timelines: Timelines,
  ) {}

  of(systemId: number, document: MappingDocument): Promise<Reach> {
    return this.database.in('long').read(async (tx) => {
      const count = new ReachCount();
      const inForce = await this.systems.load(tx);
      const system = inForce.get(systemId);
      // Nothing was read yet of a system without a mapping.
      if (!system) return count.result();
      const lens = compileLens(document, system.lens.version + 1);
      const proposed = new Map([...inForce, [systemId, { ...system, lens }]]);
      const { document: rules } = await this.rules.inForce(tx);
      for await (const customerIds of this.mastering.pages(tx, atOnce))
        await this.add(tx, count, customerIds, rules, systemId, { inForce, proposed });
      return count.result();
    });
  }

  private async add(
    tx: Tx,
    count: ReachCount,
    customerIds: readonly number[],
    rules: RuleDocument,
    systemId: number,
    { inForce, proposed }: Record<'inForce' | 'proposed', Side['inForce']>,
  ): Promise<void> {
    const records = (await this.records.byCustomers(tx, customerIds)).filter((record) => !record.excluded);
    const own = records.filter((record) => record.systemId === systemId).map((record) => record.recordId);
    if (own.length === 0) return;
    const folded = await this.timelines.refold(tx, stored(own), (id) => proposed.get(id)!);
    const anew = new Map(folded.map((record) => [record.recordId, record]));
    const standing = await this.decisions.standing(
      tx,
      records.map((record) => record.recordId),
    );
    const grounds = { rules, decisions: valueDecisions(standing), asOf: this.clock.now() };
    for (const [customerId, all] of Map.groupBy(records, (record) => record.customerId!)) {
      if (!all.some((record) => anew.has(record.recordId))) continue;
      const before = seen({ records: all, inForce }, grounds);
      const after = seen({ records: all.map((one) => anew.get(one.recordId) ?? one), inForce: proposed }, grounds);
      const rows = before.rows.map((row, place) => ({
        ...row,
        before: row.changes,
        after: after.rows[place]!.changes,
      }));
      count.add(customerId, before.golden, after.golden, rows);
    }
  }
}

/** The customer's golden record, and what would be written to each of its rows. */
function seen(
  { records, inForce }: Side,
  grounds: Grounds,
): { golden: Survived | null; rows: { system: string; changes: FieldChange[] }[] } {
  const members = records.filter(takesPart).map((record) => memberOf(record, inForce));
  const golden = members.some(({ tombstoned }) => !tombstoned) ? survive({ members, ...grounds }) : null;
  const rows = records
    .filter((record) => record.state === 'live')
    .map((record) => {
      const { code, lens } = inForce.get(record.systemId)!;
      return { system: code, changes: golden && !record.tombstoned ? changesTo(golden, record, lens) : [] };
    });
  return { golden, rows };
}

function changesTo(golden: Survived, { recordId, known }: SourceRecord, lens: SystemInForce['lens']): FieldChange[] {
  const { kind, attributes, conflicts, requests } = golden;
  const held = conflicts.map(({ attribute }) => attribute);
  return viewDifference({ kind, attributes, held, requests }, { recordId, ...known }, lens).changes;
}
