import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import {
  itemListOf,
  survive,
  viewDifference,
  type AttributeId,
  type ItemListId,
  type PlainAttributeId,
  type Survived,
} from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { changedAttributes, Shown } from '../stages/mastering/shown.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { TakeBacksStore, type Extent, type Portion } from '../stages/records/take-backs.store.ts';
import { stored, Timelines } from '../stages/records/timelines.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { memberOf, takesPart } from './members.ts';
import { mustWork, SystemsInForce, type SystemInForce } from './systems-in-force.ts';
import { TakeBacks } from './take-backs.ts';

/** Small enough that other calls are answered in between. */
const atOnce = 200;
const samplesKept = 10;

type InForce = ReadonlyMap<number, SystemInForce>;

interface Sample {
  customerId: number;
  name: string;
  was: Record<string, string | null>;
  became: Record<string, string | null>;
}

export interface TakeBackDifference extends Extent {
  surplus: number;
  customers: number;
  retired: number;
  byAttribute: Record<PlainAttributeId | ItemListId, number>;
  /** By the system's id. */
  rowsBySystem: Map<number, number>;
  samples: Sample[];
}

/** What taking something back would change, worked out over all that it touches without writing anything. Who is who stays as it is. */
@Injectable()
export class TakeBackPreview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly takeBacks: TakeBacks,
    private readonly store: TakeBacksStore,
    private readonly systems: SystemsInForce,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
    private readonly records: RecordsStore,
    private readonly timelines: Timelines,
    private readonly decisions: DecisionsStore,
  ) {}

  of(system: string, what: Portion): Promise<TakeBackDifference> {
    return this.database.in('long').read(async (tx) => {
      const systemId = await this.takeBacks.mustBeOver(tx, system, what);
      const inForce = await this.systems.load(tx);
      const extent = await this.store.extent(tx, systemId, what);
      const rowsBySystem = new Map<number, number>();
      const difference = {
        ...extent,
        surplus: 0,
        customers: 0,
        retired: 0,
        byAttribute: {},
        rowsBySystem,
        samples: [],
      };
      const seen = new Set<number>();
      for (let last = 0; ;) {
        const recordIds = await this.store.recordsOf(tx, systemId, what, last, atOnce);
        if (recordIds.length === 0) return difference;
        await this.add(tx, inForce, difference, { systemId, what, recordIds }, seen);
        last = recordIds.at(-1)!;
      }
    });
  }

  private async add(
    tx: Tx,
    inForce: InForce,
    difference: TakeBackDifference,
    { systemId, what, recordIds }: { systemId: number; what: Portion; recordIds: readonly number[] },
    seen: Set<number>,
  ): Promise<void> {
    const about = await this.records.byIds(tx, recordIds);
    const customerIds = [...new Set(about.flatMap(({ customerId }) => customerId ?? []))].filter((id) => !seen.has(id));
    for (const customerId of customerIds) seen.add(customerId);
    const members = await this.records.byCustomers(tx, customerIds);
    const taken = await this.store.entriesOf(
      tx,
      systemId,
      what,
      members.map(({ recordId }) => recordId),
    );
    const asIf = new Set(taken.map(({ entryId }) => entryId));
    const derivationOf = (id: number) => mustWork(inForce.get(id)!);
    const touched = stored([...new Set(taken.map(({ recordId }) => recordId))]);
    const folded = await this.timelines.refold(tx, touched, derivationOf, asIf);
    const before = new Map(members.map((record) => [record.recordId, record]));
    for (const { recordId, tombstoned } of folded)
      if (tombstoned && !before.get(recordId)!.tombstoned) difference.surplus += 1;
    const now = [
      ...new Map<number, SourceRecord>([...before, ...folded.map((one) => [one.recordId, one] as const)]).values(),
    ];
    await this.compare(tx, inForce, difference, customerIds, now);
  }

  private async compare(
    tx: Tx,
    inForce: InForce,
    difference: TakeBackDifference,
    customerIds: readonly number[],
    records: readonly SourceRecord[],
  ): Promise<void> {
    const golden = await this.mastering.golden(tx, customerIds);
    const standing = await this.decisions.standingWith(tx, customerIds, []);
    const { document: rules } = await this.rules.inForce(tx);
    const grounds = {
      decisions: valueDecisions(standing),
      rules,
      model: await modelInForce(tx),
      asOf: this.clock.now(),
    };
    for (const [customerId, own] of Map.groupBy(records, (record) => record.customerId!)) {
      const was = golden.get(customerId);
      const members = own.filter(takesPart).map((record) => memberOf(record, inForce));
      if (!was) continue;
      if (!members.some(({ tombstoned }) => !tombstoned)) {
        difference.retired += 1;
        continue;
      }
      const survived = survive({ members, ...grounds });
      const changed = changedAttributes(survived.attributes, was.attributes);
      for (const { systemId } of rowsToWrite(own, survived, inForce))
        difference.rowsBySystem.set(systemId, (difference.rowsBySystem.get(systemId) ?? 0) + 1);
      if (changed.length === 0) continue;
      difference.customers += 1;
      count(difference.byAttribute, changed);
      if (difference.samples.length >= samplesKept) continue;
      const moves = new Shown(survived.attributes, grounds.model).moves(changed, was.attributes);
      const [from, to] = [JSON.parse(moves.was), JSON.parse(moves.became)] as Sample['was'][];
      const { name } = new Shown(was.attributes, grounds.model);
      difference.samples.push({ customerId, name, was: from!, became: to! });
    }
  }
}

/** The customer's rows that a refresh would then write. */
function rowsToWrite(records: readonly SourceRecord[], survived: Survived, inForce: InForce): SourceRecord[] {
  const { kind, attributes, conflicts, requests } = survived;
  const golden = { kind, attributes, held: conflicts.map(({ attribute }) => attribute), requests };
  return records.filter((record) => {
    const { recordId, known, sourceKey, tombstoned, holdId, systemId } = record;
    if (!takesPart(record) || tombstoned || sourceKey === null || holdId !== null) return false;
    const { lens } = inForce.get(systemId)!;
    return viewDifference(golden, { recordId, ...known }, lens).changes.length > 0;
  });
}

/** A customer counts once for a list, however many of its items are concerned. */
function count(byAttribute: TakeBackDifference['byAttribute'], changed: readonly AttributeId[]): void {
  for (const subject of new Set(changed.map((id) => itemListOf(id) ?? (id as PlainAttributeId))))
    byAttribute[subject] = (byAttribute[subject] ?? 0) + 1;
}
