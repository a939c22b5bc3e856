import { Injectable } from '@nestjs/common';
import {
  assertionRef,
  attributeIds,
  canonicalJson,
  displayValue,
  foldText,
  survive,
  type AttributeId,
  type Choice,
  type GoldenAttributes,
  type Json,
  type MemberRecord,
  type OpenConflict,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { Cause } from './cause.ts';
import { MasteringStore, type ChoiceRow, type ConflictRow, type GoldenRow } from './mastering.store.ts';

/** A customer's record with what its search text needs beside the assertions. */
export interface MasteringMember extends MemberRecord {
  sourceKey: string | null;
}

/** Works out golden records again, writes what moved, and opens and closes conflicts. */
@Injectable()
export class Mastering {
  constructor(private readonly store: MasteringStore) {}

  /** `members`: all live records of each customer; a customer without any retires. `causeOf` says why, for the history. */
  async settle(
    tx: Tx,
    members: ReadonlyMap<number, readonly MasteringMember[]>,
    causeOf: (customerId: number) => Cause,
    at: number,
  ): Promise<void> {
    const customerIds = [...members.keys()];
    const before = await this.store.golden(tx, customerIds);
    const versions = await this.store.lastVersions(tx, customerIds);
    const choices = await this.choicesOf(tx, members);
    const open = Map.groupBy(await this.store.openConflicts(tx, customerIds), (row) => row.customerId);
    const moved: (GoldenRow & { display: string; cause: Cause; was: GoldenAttributes; isChange: boolean })[] = [];
    const search: { customerId: number; doc: string }[] = [];
    const conflicts = new ConflictChanges();

    for (const [customerId, records] of members) {
      const openNow = open.get(customerId) ?? [];
      if (records.length === 0) {
        conflicts.withdraw(openNow);
        continue;
      }
      const cause = causeOf(customerId);
      const survived = survive({ members: records, choices });
      conflicts.compare(customerId, openNow, survived.conflicts, cause);
      const old = before.get(customerId);
      const was = old?.attributes ?? {};
      const isChange = changedAttributes(survived.attributes, was).length > 0;
      const row = {
        customerId,
        version: (versions.get(customerId) ?? 0) + (isChange ? 1 : 0),
        kind: survived.kind,
        attributes: survived.attributes,
        heldAttributes: survived.conflicts.map((conflict) => conflict.attribute),
      };
      search.push({ customerId, doc: searchText(survived.attributes, records) });
      if (old && sameText(old, row)) continue;
      moved.push({ ...row, display: displayName(survived.attributes), cause, was, isChange });
    }
    await this.store.save(tx, moved, at);
    await this.store.addHistory(tx, moved.filter((row) => row.isChange).map(historyRow), at);
    await this.store.saveSearch(tx, search);
    await this.store.retire(
      tx,
      customerIds.filter((id) => members.get(id)!.length === 0),
    );
    await conflicts.write(tx, this.store, at);
  }

  private async choicesOf(tx: Tx, members: ReadonlyMap<number, readonly MasteringMember[]>): Promise<Choice[]> {
    const recordIds = [...members.values()].flatMap((records) => records.map((record) => record.recordId));
    return (await this.store.choices(tx, recordIds)).map(asChoice);
  }
}

function asChoice(row: ChoiceRow): Choice {
  return {
    decisionId: row.decision_id,
    attribute: row.attribute,
    chosen: assertionRef(row.chosen),
    basis: row.basis.map(assertionRef),
  };
}

function sameText(old: GoldenRow, row: GoldenRow): boolean {
  return (
    old.kind === row.kind &&
    canonicalJson(old.attributes as unknown as Json) === canonicalJson(row.attributes as unknown as Json) &&
    old.heldAttributes.join() === row.heldAttributes.join()
  );
}

/** Provenance may move (a second system came to say the same) without any value moving: that is no history. */
function changedAttributes(attributes: GoldenAttributes, was: GoldenAttributes): AttributeId[] {
  return attributeIds.filter(
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
    for (const attribute of attributeIds) {
      const value = record.state.asserted[attribute]?.value;
      if (value !== undefined && value !== null) words.add(searchable(attribute, displayValue(attribute, value)));
    }
  }
  for (const attribute of attributeIds) {
    const shown = shownValue(attributes, attribute);
    if (shown) words.add(searchable(attribute, shown));
  }
  return [...words].sort().join('\n');
}

function searchable(attribute: AttributeId, text: string): string {
  return attribute.startsWith('phone') ? text.replace(/\D/g, '') : foldText(text);
}

/** What a batch does to conflicts: opened, shown anew, closed. */
class ConflictChanges {
  private readonly opened: Omit<ConflictRow, 'conflictId'>[] = [];
  private readonly updated: { conflictId: number; candidates: string }[] = [];
  private readonly closed: { conflictId: number; closedBy: string }[] = [];

  withdraw(open: readonly ConflictRow[]): void {
    for (const { conflictId } of open) this.closed.push({ conflictId, closedBy: 'withdrawn' });
  }

  compare(customerId: number, open: readonly ConflictRow[], now: readonly OpenConflict[], cause: Cause): void {
    for (const { attribute, candidates } of now) {
      const known = open.find((row) => row.attribute === attribute);
      const text = JSON.stringify(candidates);
      if (!known) this.opened.push({ customerId, attribute, candidates: text });
      else if (known.candidates !== text) this.updated.push({ conflictId: known.conflictId, candidates: text });
    }
    for (const { conflictId, attribute } of open) {
      if (now.some((conflict) => conflict.attribute === attribute)) continue;
      const chosen = cause.kind === 'choice' && cause.conflictId === conflictId;
      this.closed.push({ conflictId, closedBy: chosen ? 'choice' : 'agreement' });
    }
  }

  async write(tx: Tx, store: MasteringStore, at: number): Promise<void> {
    await store.closeConflict(tx, this.closed, at);
    await store.updateConflict(tx, this.updated);
    await store.openConflict(tx, this.opened, at);
  }
}
