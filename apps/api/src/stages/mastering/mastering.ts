import { Injectable } from '@nestjs/common';
import {
  survive,
  type ChangeRequest,
  type MemberRecord,
  type RuleDocument,
  type Survived,
  type ValueDecisions,
  type Model,
  type AttributeId,
} from '@cinch/canonical-model';
import { crashPoint } from '../../platform/crash-points.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Cause } from './cause.ts';
import { ConflictChanges } from './conflict-changes.ts';
import { changedAttributes, Shown } from './shown.ts';
import {
  MasteringStore,
  type ConflictRow,
  type GoldenRow,
  type GoldenTexts,
  type HistoryRow,
  type StoredGolden,
} from './mastering.store.ts';
import { RequestsStore, type KnownRequest } from './requests.store.ts';

/** A customer's record with what its search text needs beside the assertions. */
export interface MasteringMember extends MemberRecord {
  sourceKey: string | null;
}

/** What golden records follow from, beside the records: people's decisions about values, the rules in force, and the instant. */
export interface Grounds {
  decisions: ValueDecisions;
  rules: RuleDocument;
  model: Model;
  asOf: number;
  /** Where the lives began that records are in which supplied values and stand elsewhere by now. */
  lives?: ReadonlyMap<number, string | null>;
}

/** What makes golden records move: why, for the history, and which customers begin. */
export interface Occasion {
  causeOf: (customerId: number) => Cause;
  /** Customers that nothing is stored of yet. */
  founded: ReadonlySet<number>;
}

/** What is stored of customers before they are worked out again. */
interface Before {
  golden: ReadonlyMap<number, GoldenRow & GoldenTexts>;
  conflicts: readonly ConflictRow[];
  requests: readonly KnownRequest[];
}

type Moved = StoredGolden & { history: HistoryRow | null };

/** Works out golden records again, writes what moved, and opens and closes conflicts and change requests. */
@Injectable()
export class Mastering {
  constructor(
    private readonly store: MasteringStore,
    private readonly requests: RequestsStore,
  ) {}

  async before(tx: Tx, customerIds: readonly number[]): Promise<Before> {
    const [golden, conflicts, requests] = await Promise.all([
      this.store.golden(tx, customerIds),
      this.store.openConflicts(tx, customerIds),
      this.requests.known(tx, customerIds),
    ]);
    return { golden, conflicts, requests };
  }

  /**
   * `members`: all records of each customer but the excluded; a customer without a live one retires. Returns which values of customers that
   * were there before are others now; of one that retires, none.
   */
  async settle(
    tx: Tx,
    members: ReadonlyMap<number, readonly MasteringMember[]>,
    { golden: before, conflicts: openBefore, requests: requestsBefore }: Before,
    grounds: Grounds,
    { causeOf, founded }: Occasion,
  ): Promise<Map<number, AttributeId[]>> {
    const { asOf: at } = grounds;
    const older = [...members.keys()].filter((customerId) => !founded.has(customerId));
    const retiredBefore = older.filter((customerId) => !before.has(customerId));
    const versions = await this.store.lastVersions(tx, retiredBefore);
    const open = Map.groupBy(openBefore, (row) => row.customerId);
    const begun: Moved[] = [];
    const moved: Moved[] = [];
    const retired: number[] = [];
    const search: { customerId: number; doc: string; isNew: boolean }[] = [];
    const requests = new Map<number, ChangeRequest[]>(older.map((id) => [id, []]));
    const conflicts = new ConflictChanges();
    const others = new Map<number, AttributeId[]>();

    for (const [customerId, records] of members) {
      const openNow = open.get(customerId) ?? [];
      if (!records.some((record) => !record.tombstoned)) {
        conflicts.withdraw(openNow);
        retired.push(customerId);
        if (before.has(customerId)) others.set(customerId, []);
        continue;
      }
      const cause = causeOf(customerId);
      const survived = survive({ members: records, ...grounds });
      conflicts.compare(customerId, openNow, survived.conflicts, cause);
      if (survived.requests.length > 0 || requests.has(customerId)) requests.set(customerId, survived.requests);
      const old = before.get(customerId);
      const was = old?.attributes ?? {};
      const changed = changedAttributes(survived.attributes, was);
      if (old && changed.length > 0) others.set(customerId, changed);
      const version = (old?.version ?? versions.get(customerId) ?? 0) + (changed.length > 0 ? 1 : 0);
      const row = goldenRow(customerId, version, survived);
      const shown = new Shown(survived.attributes, grounds.model);
      search.push({ customerId, doc: shown.searchText(records), isNew: founded.has(customerId) });
      const texts = { attributesText: JSON.stringify(row.attributes), requestsText: JSON.stringify(row.requests) };
      if (old && isSame(old, { ...row, ...texts })) continue;
      const history =
        changed.length > 0 ? { customerId, version, cause: JSON.stringify(cause), ...shown.moves(changed, was) } : null;
      (founded.has(customerId) ? begun : moved).push({ ...row, ...texts, display: shown.name, history });
    }
    await this.store.add(tx, begun, at);
    await this.store.replace(tx, moved, at);
    await this.store.revive(
      tx,
      retiredBefore.filter((customerId) => moved.some((row) => row.customerId === customerId)),
    );
    crashPoint('golden-saved');
    const history = [...begun, ...moved].flatMap((row) => row.history ?? []);
    await this.store.addHistory(tx, history, at);
    await this.store.saveSearch(tx, search);
    await this.store.retire(tx, retired);
    await conflicts.write(tx, this.store, at);
    await this.requests.settle(tx, requestsBefore, requests, at);
    crashPoint('customers-settled');
    return others;
  }
}

function goldenRow(customerId: number, version: number, survived: Survived): GoldenRow {
  const { kind, attributes, conflicts, requests, recheckAt } = survived;
  const heldAttributes = conflicts.map((conflict) => conflict.attribute);
  return { customerId, version, kind, attributes, heldAttributes, requests, recheckAt };
}

/** By their plain texts: the same survivors are told in the same order. */
function isSame(old: GoldenRow & GoldenTexts, row: GoldenRow & GoldenTexts): boolean {
  return (
    old.kind === row.kind &&
    old.recheckAt === row.recheckAt &&
    old.attributesText === row.attributesText &&
    old.requestsText === row.requestsText &&
    JSON.stringify(old.heldAttributes) === JSON.stringify(row.heldAttributes)
  );
}
