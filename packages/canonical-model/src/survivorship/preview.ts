import {
  itemListOf,
  type AttributeId,
  type ItemListId,
  type PlainAttributeId,
  type Value,
} from '../customer/attributes.ts';
import { canonicalJson } from '../json.ts';
import type { Survived } from './golden.ts';
import type { Hearing } from './roll.ts';
import type { RuleDocument } from './rules.ts';
import { survive, type MemberRecord } from './survive.ts';

/** What other rules would do to one attribute, or to the items of one list. */
export interface AttributeDifference {
  /** Customers whose golden value would be another. */
  changed: number;
  opened: number;
  closed: number;
  /** Customers whose value stays only because it was delivered already: with the superseded ones another would win under the new rules. */
  delivered: number;
}

interface SampleCustomer {
  customerId: number;
  changes: { attribute: AttributeId; before: Value | null; after: Value | null }[];
}

export interface PopulationDifference {
  customers: number;
  changedCustomers: number;
  byAttribute: Partial<Record<PlainAttributeId | ItemListId, AttributeDifference>>;
  /** By system: how many of its records would get another value. */
  recordsBySystem: Record<string, number>;
  /** Some customers that would change: those first known. */
  samples: SampleCustomer[];
}

export const sampleLimit = 20;

/** Adds up, customer by customer, what a change of the rules would do. */
export class RuleChangePreview {
  private readonly from: RuleDocument;
  private readonly to: RuleDocument;
  private readonly difference: PopulationDifference = {
    customers: 0,
    changedCustomers: 0,
    byAttribute: {},
    recordsBySystem: {},
    samples: [],
  };

  constructor(from: RuleDocument, to: RuleDocument) {
    this.from = from;
    this.to = to;
  }

  add(customerId: number, hearing: Hearing): void {
    const before = survive({ ...hearing, rules: this.from });
    const after = survive({ ...hearing, rules: this.to });
    const changed = changedAttributes(before, after);
    this.difference.customers += 1;
    this.count('changed', changed);
    this.count('opened', conflictsOnlyIn(after, before));
    this.count('closed', conflictsOnlyIn(before, after));
    this.count('delivered', keptByDelivery(after, hearing, this.to));
    for (const member of hearing.members) {
      if (!changed.some((attribute) => getsAnother(member, attribute, before, after))) continue;
      const { system } = member.lens;
      this.difference.recordsBySystem[system] = (this.difference.recordsBySystem[system] ?? 0) + 1;
    }
    if (changed.length === 0) return;
    this.difference.changedCustomers += 1;
    const changes = changed.map((attribute) => ({
      attribute,
      before: before.attributes[attribute]?.value ?? null,
      after: after.attributes[attribute]?.value ?? null,
    }));
    this.difference.samples = [...this.difference.samples, { customerId, changes }]
      .sort((a, b) => a.customerId - b.customerId)
      .slice(0, sampleLimit);
  }

  result(): PopulationDifference {
    return structuredClone(this.difference);
  }

  /** A customer counts once for a list, however many of its items are concerned. */
  private count(what: keyof AttributeDifference, ids: readonly AttributeId[]): void {
    for (const subject of new Set(ids.map((id) => itemListOf(id) ?? (id as PlainAttributeId)))) {
      const counts = (this.difference.byAttribute[subject] ??= { changed: 0, opened: 0, closed: 0, delivered: 0 });
      counts[what] += 1;
    }
  }
}

function changedAttributes(before: Survived, after: Survived): AttributeId[] {
  const ids = [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])] as AttributeId[];
  return ids.filter((id) => textOf(before, id) !== textOf(after, id)).sort();
}

/** Nothing known is another answer than *cleared*. */
function textOf({ attributes }: Survived, id: AttributeId): string {
  const golden = attributes[id];
  return golden ? canonicalJson(golden.value) : '';
}

function conflictsOnlyIn({ conflicts }: Survived, other: Survived): AttributeId[] {
  const elsewhere = new Set(other.conflicts.map(({ attribute }) => attribute));
  return conflicts.map(({ attribute }) => attribute).filter((attribute) => !elsewhere.has(attribute));
}

/** The attributes with superseded values that would have another value if those counted again. */
function keptByDelivery(after: Survived, hearing: Hearing, rules: RuleDocument): AttributeId[] {
  const losersOf = (attribute: AttributeId) => after.attributes[attribute]!.losers;
  const concerned = (Object.keys(after.attributes) as AttributeId[]).filter((attribute) =>
    losersOf(attribute).some(({ why }) => why === 'superseded'),
  );
  if (concerned.length === 0) return [];
  const asked = concerned.map((attribute) => ({ decisionId: 0, attribute, assertions: losersOf(attribute) }));
  const reconsidered = [...hearing.decisions.reconsidered, ...asked];
  const revived = survive({ ...hearing, decisions: { ...hearing.decisions, reconsidered }, rules });
  return concerned.filter((attribute) => textOf(revived, attribute) !== textOf(after, attribute));
}

/** No view writes to a tombstoned record, an owned attribute back to its owner, or what an open conflict holds. */
function getsAnother(member: MemberRecord, attribute: AttributeId, before: Survived, after: Survived): boolean {
  const golden = after.attributes[attribute];
  if (member.tombstoned || !golden || golden.owner === member.lens.system) return false;
  if (after.conflicts.some((conflict) => conflict.attribute === attribute)) return false;
  const write = (value: Value | null) => {
    const written = member.lens.write(attribute, after.kind, value);
    return written.kind === 'written' ? canonicalJson(written.fields) : null;
  };
  const wanted = write(golden.value);
  const was = before.attributes[attribute];
  const held = member.state.held[attribute];
  if (wanted === null || (held && canonicalJson(held.fields) === wanted)) return false;
  return !was || write(was.value) !== wanted;
}
