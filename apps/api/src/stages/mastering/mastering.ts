import { Injectable } from '@nestjs/common';
import {
  attributeOf,
  canonicalJson,
  displayValue,
  entriesOf,
  foldText,
  survive,
  type AttributeId,
  type ChangeRequest,
  type GoldenAttributes,
  type MemberRecord,
  type RuleDocument,
  type Survived,
  type ValueDecisions,
} from '@cinch/canonical-model';
import { crashPoint } from '../../platform/crash-points.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Cause } from './cause.ts';
import { ConflictChanges } from './conflict-changes.ts';
import { MasteringStore, type GoldenRow } from './mastering.store.ts';
import { RequestsStore } from './requests.store.ts';

/** A customer's record with what its search text needs beside the assertions. */
export interface MasteringMember extends MemberRecord {
  sourceKey: string | null;
}

/** What golden records follow from, beside the records: people's decisions about values, the rules in force, and the instant. */
export interface Grounds {
  decisions: ValueDecisions;
  rules: RuleDocument;
  asOf: number;
}

/** What makes golden records move: why, for the history, and which customers begin. */
export interface Occasion {
  causeOf: (customerId: number) => Cause;
  /** Customers that nothing is stored of yet. */
  founded: ReadonlySet<number>;
}

type Moved = GoldenRow & { display: string; cause: Cause; was: GoldenAttributes; isChange: boolean };

/** Works out golden records again, writes what moved, and opens and closes conflicts and change requests. */
@Injectable()
export class Mastering {
  constructor(
    private readonly store: MasteringStore,
    private readonly requests: RequestsStore,
  ) {}

  /** `members`: all records of each customer but the excluded; a customer without a live one retires. */
  async settle(
    tx: Tx,
    members: ReadonlyMap<number, readonly MasteringMember[]>,
    grounds: Grounds,
    { causeOf, founded }: Occasion,
  ): Promise<void> {
    const { asOf: at } = grounds;
    const older = [...members.keys()].filter((customerId) => !founded.has(customerId));
    const before = await this.store.golden(tx, older);
    const retiredBefore = older.filter((customerId) => !before.has(customerId));
    const versions = await this.store.lastVersions(tx, retiredBefore);
    const open = Map.groupBy(await this.store.openConflicts(tx, older), (row) => row.customerId);
    const begun: Moved[] = [];
    const moved: Moved[] = [];
    const retired: number[] = [];
    const search: { customerId: number; doc: string; isNew: boolean }[] = [];
    const requests = new Map<number, ChangeRequest[]>(older.map((id) => [id, []]));
    const conflicts = new ConflictChanges();

    for (const [customerId, records] of members) {
      const openNow = open.get(customerId) ?? [];
      if (!records.some((record) => !record.tombstoned)) {
        conflicts.withdraw(openNow);
        retired.push(customerId);
        continue;
      }
      const cause = causeOf(customerId);
      const survived = survive({ members: records, ...grounds });
      conflicts.compare(customerId, openNow, survived.conflicts, cause);
      if (survived.requests.length > 0 || requests.has(customerId)) requests.set(customerId, survived.requests);
      const old = before.get(customerId);
      const was = old?.attributes ?? {};
      const isChange = changedAttributes(survived.attributes, was).length > 0;
      const version = (old?.version ?? versions.get(customerId) ?? 0) + (isChange ? 1 : 0);
      const row = goldenRow(customerId, version, survived);
      search.push({ customerId, doc: searchText(survived.attributes, records), isNew: founded.has(customerId) });
      if (old && sameText(old, row)) continue;
      const golden = { ...row, display: displayName(survived.attributes), cause, was, isChange };
      (founded.has(customerId) ? begun : moved).push(golden);
    }
    await this.store.add(tx, begun, at);
    await this.store.save(tx, moved, at);
    await this.store.revive(
      tx,
      retiredBefore.filter((customerId) => moved.some((row) => row.customerId === customerId)),
    );
    crashPoint('golden-saved');
    await this.store.addHistory(tx, [...begun, ...moved].filter((row) => row.isChange).map(historyRow), at);
    await this.store.saveSearch(tx, search);
    await this.store.retire(tx, retired);
    await conflicts.write(tx, this.store, at);
    await this.requests.settle(tx, requests, at);
    crashPoint('customers-settled');
  }
}

function goldenRow(customerId: number, version: number, survived: Survived): GoldenRow {
  const { kind, attributes, conflicts, requests, recheckAt } = survived;
  const heldAttributes = conflicts.map((conflict) => conflict.attribute);
  return { customerId, version, kind, attributes, heldAttributes, requests, recheckAt };
}

/** By their plain texts: the same survivors are told in the same order. */
function sameText(old: GoldenRow, row: GoldenRow): boolean {
  const textOf = ({ version: _version, ...rest }: GoldenRow) => JSON.stringify(rest);
  return textOf(old) === textOf(row);
}

/** Provenance may move (a second system came to say the same) without any value moving: that is no history. */
function changedAttributes(attributes: GoldenAttributes, was: GoldenAttributes): AttributeId[] {
  const all = new Set([...entriesOf(was), ...entriesOf(attributes)].map(([attribute]) => attribute));
  return [...all].filter(
    (attribute) => canonicalJson(attributes[attribute]?.value) !== canonicalJson(was[attribute]?.value),
  );
}

function historyRow(row: {
  customerId: number;
  version: number;
  cause: Cause;
  attributes: GoldenAttributes;
  was: GoldenAttributes;
}) {
  const changed = changedAttributes(row.attributes, row.was);
  const shown = (attributes: GoldenAttributes) =>
    JSON.stringify(Object.fromEntries(changed.map((attribute) => [attribute, shownValue(attributes, attribute)])));
  return {
    customerId: row.customerId,
    version: row.version,
    cause: JSON.stringify(row.cause),
    was: shown(row.was),
    became: shown(row.attributes),
  };
}

function shownValue(attributes: GoldenAttributes, attribute: AttributeId): string | null {
  const value = attributes[attribute]?.value;
  return value === undefined || value === null ? null : displayValue(attribute, value);
}

function displayName(attributes: GoldenAttributes): string {
  return shownValue(attributes, 'name') ?? '(no name)';
}

/** Everything that a person may type to find the customer: any name, phone, e-mail or key of any of its records. */
function searchText(attributes: GoldenAttributes, records: readonly MasteringMember[]): string {
  const words = new Set<string>();
  for (const record of records) {
    if (record.sourceKey) words.add(foldText(record.sourceKey));
    for (const [attribute, { value }] of entriesOf(record.state.asserted)) {
      if (value !== null && isFindable(attribute)) words.add(searchable(attribute, displayValue(attribute, value)));
    }
  }
  for (const [attribute] of entriesOf(attributes)) {
    const shown = shownValue(attributes, attribute);
    if (shown && isFindable(attribute)) words.add(searchable(attribute, shown));
  }
  return [...words].sort().join('\n');
}

/** Amounts, phases and the like would find half of all customers. */
function isFindable(attribute: AttributeId): boolean {
  const { shape } = attributeOf(attribute);
  return ['name', 'date', 'e164', 'email', 'address', 'identifier', 'furtherPhone', 'furtherEmail'].includes(shape);
}

function searchable(attribute: AttributeId, text: string): string {
  return attribute.startsWith('phone') ? text.replace(/\D/g, '') : foldText(text);
}
