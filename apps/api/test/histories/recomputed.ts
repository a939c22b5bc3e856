import {
  canonicalJson,
  evidenceOf,
  foldTimeline,
  linkAll,
  noDecisions,
  survive,
  type Entry,
  type Folded,
  type Json,
  type MemberRecord,
  type Survived,
} from '@cinch/canonical-model';
import { SystemsInForce } from '../../src/pipeline/systems-in-force.ts';
import { saidOfPairs, valueDecisions } from '../../src/stages/decisions/decision.ts';
import { DecisionsStore } from '../../src/stages/decisions/decisions.store.ts';
import { MasteringStore } from '../../src/stages/mastering/mastering.store.ts';
import type { SourceRecord } from '../../src/stages/records/record-row.ts';
import { ModelsStore } from '../../src/stages/matching/models.store.ts';
import { RecordsStore } from '../../src/stages/records/records.store.ts';
import { TimelinesStore } from '../../src/stages/records/timelines.store.ts';
import { RulesStore } from '../../src/stages/rules/rules.store.ts';
import type { Tx } from '../../src/platform/transaction.ts';
import type { House } from './house.ts';

/** A source record as it stands in the database, and what its timeline amounts to. */
export interface RecomputedRecord extends MemberRecord {
  stored: SourceRecord;
  entries: readonly Entry[];
  folded: Folded;
}

/** What the facts amount to by the pure core alone, beside what the hub has stored. */
export interface Recomputed {
  records: RecomputedRecord[];
  customers: { ids: number[]; survived: Survived }[];
  stored: StoredCustomer[];
}

interface StoredCustomer {
  ids: number[];
  customerId: number;
  /** Null when it is retired. */
  survived: Survived | null;
}

/** Reads all facts from the database and works everything out anew. `decided` false: as if no steward had ever said anything. */
export function recompute(house: House, decided = true): Promise<Recomputed> {
  return house.read(async (tx) => {
    const inForce = await house.get(SystemsInForce).load(tx);
    const ids = (await tx.query<{ id: number }>('select record_id as id from source_record')).map((row) => row.id);
    const timelines = await house.get(TimelinesStore).read(tx, ids);
    const decisions = decided ? await house.get(DecisionsStore).standing(tx, ids) : [];
    const { document: rules } = await house.get(RulesStore).inForce(tx);
    const records = (await house.get(RecordsStore).byIds(tx, ids)).map((stored): RecomputedRecord => {
      const { lens, epochs } = inForce.get(stored.systemId)!;
      const entries = timelines.get(stored.recordId)!;
      const folded = foldTimeline(entries, lens, stored.known.kind, epochs);
      const { recordId, tombstoned } = stored;
      return { stored, entries, folded, recordId, lens, tombstoned, state: folded.state };
    });
    const judge = await house.get(ModelsStore).inForce(tx);
    const { clusters } = linkAll(
      records.map(({ stored, folded }) => {
        const evidence = evidenceOf(
          stored.known.kind,
          folded.said,
          inForce.get(stored.systemId)!.code,
          judge.canonical,
        );
        return {
          recordId: stored.recordId,
          name: `${inForce.get(stored.systemId)!.code}|${stored.sourceKey ?? `to be made ${stored.recordId}`}`,
          features: stored.origin === 'hub' ? null : judge.scorer.features.of(evidence),
          follows: stored.follows,
          alone: stored.excluded,
        };
      }),
      saidOfPairs(decisions),
      judge,
    );
    const grounds = {
      decisions: decided ? valueDecisions(decisions) : noDecisions,
      rules,
      model: judge.canonical,
      asOf: Date.now(),
    };
    const byId = new Map(records.map((record) => [record.recordId, record]));
    const customers = clusters.map((ids) => {
      const members = ids
        .map((id) => byId.get(id)!)
        .filter(({ stored }) => !stored.excluded && stored.state === 'live');
      return { ids, survived: survive({ members, ...grounds }) };
    });
    return { records, customers, stored: await storedCustomers(house, tx, records) };
  });
}

async function storedCustomers(house: House, tx: Tx, records: readonly RecomputedRecord[]): Promise<StoredCustomer[]> {
  const groups = [...Map.groupBy(records, ({ stored }) => stored.customerId!)];
  const customerIds = groups.map(([customerId]) => customerId);
  const golden = await house.get(MasteringStore).golden(tx, customerIds);
  const conflicts = Map.groupBy(
    await house.get(MasteringStore).openConflicts(tx, customerIds),
    (one) => one.customerId,
  );
  return groups.map(([customerId, members]) => {
    const row = golden.get(customerId);
    const open = (conflicts.get(customerId) ?? []).map(({ attribute, cause, candidates }) => {
      return { attribute, cause, candidates: JSON.parse(candidates) as Survived['conflicts'][number]['candidates'] };
    });
    const survived = row && { ...row, conflicts: open };
    return { ids: members.map((one) => one.recordId), customerId, survived: survived ?? null };
  });
}

/** A customer’s values and questions as one text, by its records, whatever it is called. */
export function textOf({ ids, survived }: { ids: readonly number[]; survived: Survived | null }): string {
  const { kind, attributes, conflicts, requests, recheckAt } = survived ?? nobody;
  const isNobody = Object.keys(attributes).length === 0;
  const questions = conflicts.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
  return canonicalJson({
    ids: ids.toSorted((a, b) => a - b),
    ...(isNobody ? {} : { kind, attributes, questions, requests, recheckAt }),
  } as unknown as Json);
}

const nobody: Survived = { kind: 'person', attributes: {}, conflicts: [], requests: [], recheckAt: null };

/** What is stored of a record’s state as text. */
export function stateText(state: Folded['state']): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)) as Json);
}
