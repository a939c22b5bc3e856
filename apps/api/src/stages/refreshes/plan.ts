import { createHash } from 'node:crypto';
import type { RunCounts } from '@cinch/api-contract';
import {
  canonicalJson,
  isOfSubjects,
  itemListOf,
  measuresIn,
  tallyOf,
  viewDifference,
  withoutUnseenDrift,
  type AttributeId,
  type DriftComparison,
  type GoldenForView,
  type Json,
  type Lens,
  type Reading,
  type RecordState,
  type RestoredRecord,
  type Standing,
  type ViewDifference,
} from '@cinch/canonical-model';
import { seenAs, type PlannedItem } from './items.store.ts';
import type { Confined, Next, RunRow } from './runs.store.ts';

/** A customer as the target system should see it, and its record there. */
export interface Planned {
  customerId: number;
  golden: GoldenForView;
  record: {
    recordId: number;
    /** Null while the record is still to be made. */
    sourceKey: string | null;
    origin: 'push' | 'hub';
    /** The hub did not mean to make it any more, and it was made all the same. */
    withdrawn: boolean;
    /** A person is asked about it. */
    holdId: number | null;
    headVersion: number | null;
    headPosition: string | null;
    held: RecordState['held'];
    asserted: RecordState['asserted'];
    parked: RecordState['parked'];
  } | null;
  /** Of one that is to be made again: what ended unsaid. */
  restores?: RestoredRecord | null;
  /** What the customer is to the system: whether it has, or gets, a place there. */
  standing: Standing;
  /** The row as listed, where it changed without a new version: it is what a delivery writes onto. */
  drifted: { reading: Reading; version: number | null } | null;
  /** Why its create, which had no answer, must not be sent again yet. */
  unanswered: 'unanswered' | 'perhaps-made' | null;
  /** The system no longer lists the record. */
  missing: boolean;
  /** The row as listed cannot be read. */
  unreadable: boolean;
  /** The customer has another record there, and the hub made one of them. */
  doubled: boolean;
}

/**
 * Of all records that one customer has in a system, oldest first, those that are too many: where the hub made any of them, every one
 * but one that is meant to be there. Two that are the system's own are its duplicates, and its own affair.
 */
export function doubledOf(
  records: readonly { recordId: number; origin: 'push' | 'hub'; withdrawn: boolean }[],
): number[] {
  if (records.every(({ origin }) => origin === 'push')) return [];
  const first = records.find(({ withdrawn }) => !withdrawn) ?? records[0];
  return records.filter((record) => record !== first).map(({ recordId }) => recordId);
}

/** Whether the run is about this customer's record. */
export function isAbout(
  { customerId, record }: Pick<Planned, 'customerId' | 'record'>,
  confined: Confined | null,
): boolean {
  if (!confined?.recordIds) return true;
  const { customers, records } = named(confined);
  return customers.has(customerId) || (record !== null && records.has(record.recordId));
}

/** A span of time names thousands of customers, and every row of the system is asked about. */
const namedIn = new WeakMap<readonly number[], { customers: ReadonlySet<number>; records: ReadonlySet<number> }>();

function named({ customerIds, recordIds }: Confined) {
  let known = namedIn.get(customerIds);
  if (!known) {
    known = { customers: new Set(customerIds), records: new Set(recordIds) };
    namedIn.set(customerIds, known);
  }
  return known;
}

/** What the run is confined to in this round: what the system refuses once more is parked again. */
export function confinedIn({ confined, round }: Pick<RunRow, 'confined' | 'round'>): Confined | null {
  return confined && { ...confined, resend: confined.resend === true && round === 0 };
}

/** What a delivery to this customer's record must carry, rendered from what is known now. */
export function differenceOf(
  planned: Planned,
  lens: Lens,
  confined: Confined | null = null,
  comparison: DriftComparison | null = null,
): ViewDifference {
  const seen = wholeDifference(withSeenDrift(planned, lens, comparison), lens, confined?.resend ?? false);
  // A row that is written is put right whole: what were left would come back with the receipt, and be taken for news.
  const difference = seen.changes.length === 0 ? seen : wholeDifference(planned, lens, confined?.resend ?? false);
  const only = confined?.attributes;
  if (!only) return difference;
  const isMeant = (attribute: AttributeId | null) =>
    attribute !== null && only.includes(itemListOf(attribute) ?? attribute);
  const meant = <One extends { attribute: AttributeId | null }>(some: readonly One[]) =>
    some.filter(({ attribute }) => isMeant(attribute));
  // Of a row that drifted all is put right: what were left would come back with the receipt, and be taken for news.
  if (planned.drifted && meant(difference.changes).length > 0) return difference;
  const carried = Object.entries(difference.carried).filter(([attribute]) => isMeant(attribute as AttributeId));
  return {
    carried: Object.fromEntries(carried) as ViewDifference['carried'],
    changes: meant(difference.changes),
    parked: meant(difference.parked),
    inexpressible: meant(difference.inexpressible),
    waiting: meant(difference.waiting),
    notCompared: meant(difference.notCompared),
  };
}

/** The row without the drift that the run does not look for in it. */
function withSeenDrift(planned: Planned, lens: Lens, comparison: DriftComparison | null): Planned {
  const { record, drifted, golden } = planned;
  if (comparison === null || record === null || drifted === null) return planned;
  const known = { kind: golden.kind, held: record.held };
  const reading = withoutUnseenDrift(drifted.reading, known, record.recordId, comparison, lens);
  return { ...planned, drifted: reading && { ...drifted, reading } };
}

function wholeDifference(planned: Planned, lens: Lens, resend: boolean): ViewDifference {
  const { record, drifted } = planned;
  const exists = record !== null && record.sourceKey !== null;
  const viewed = {
    recordId: record?.recordId ?? null,
    held: exists ? record.held : null,
    drifted: exists ? (drifted?.reading ?? null) : null,
    asserted: record?.asserted ?? {},
    parked: resend ? {} : (record?.parked ?? {}),
    restores: exists ? null : (planned.restores ?? null),
  };
  return viewDifference(planned.golden, viewed, lens);
}

/** The items that one customer adds to a plan: at most one to send, and its exceptions. */
export function planItems(
  planned: Planned,
  lens: Lens,
  confined: Confined | null = null,
  comparison: DriftComparison | null = null,
): PlannedItem[] {
  if (!isAbout(planned, confined)) return [];
  const { customerId, record, missing, drifted, standing, doubled } = planned;
  const item = { recordId: record?.recordId ?? null, customerId, ifMatch: null, fields: [] };
  const exception = (kind: PlannedItem['kind'], code: string): PlannedItem => {
    return { ...item, kind, outcome: 'exception', code };
  };
  const exists = record !== null && record.sourceKey !== null;
  if (record?.holdId != null) return [exception('held', 'asked')];
  if (missing) return [exception('missing', 'not-listed')];
  if (planned.unreadable) return [exception('not-compared', 'row-unreadable')];
  if (!exists && standing === 'withheld') return [exception('withheld', 'possible-duplicate')];
  if (!exists && standing !== 'create') return [];
  if (!exists && planned.unanswered) return [exception('withheld', planned.unanswered)];
  const { changes, ...left } = differenceOf(planned, lens, confined, comparison);
  const leftAs = (kind: PlannedItem['kind'], some: readonly { attribute: AttributeId; code: string }[]) =>
    some.map(({ code, attribute }) => ({ ...exception(kind, code), fields: [exceptionField(planned, attribute)] }));
  const exceptions = [
    ...(standing === 'surplus' ? [exception('surplus', 'not-kept')] : []),
    ...(doubled ? [exception('doubled', 'made-twice')] : []),
    ...leftAs('parked', left.parked),
    ...leftAs('inexpressible', left.inexpressible),
    ...leftAs('waiting', left.waiting),
    ...leftAs('not-compared', left.notCompared),
  ];
  if (changes.length === 0) return exceptions;
  const ifMatch = exists ? (drifted ? drifted.version : record.headVersion) : null;
  return [
    { ...item, kind: exists ? 'change' : 'create', ifMatch, fields: changes, outcome: 'planned', code: null },
    ...exceptions,
  ];
}

/** A row that the system still lists after its delete. */
export function surplusItem({ recordId, customerId }: { recordId: number; customerId: number }): PlannedItem {
  return {
    kind: 'surplus',
    recordId,
    customerId,
    ifMatch: null,
    fields: [],
    outcome: 'exception',
    code: 'still-there',
  };
}

/** A listed row that cannot be read, and of which the hub knows no record. */
export function unreadItem(sourceKey: string): PlannedItem {
  const fields = [{ path: 'key', attribute: null, from: sourceKey, to: null }];
  return {
    kind: 'not-compared',
    recordId: null,
    customerId: null,
    ifMatch: null,
    fields,
    outcome: 'exception',
    code: 'row-unreadable',
  };
}

/** What the system has refused in this run already is not sent again by it: it stands among the exceptions, with the reason. */
export function withRefused(
  items: readonly PlannedItem[],
  refused: ReadonlyMap<number, { fields: string; code: string | null }>,
): PlannedItem[] {
  return items.map((item) => {
    const before = item.recordId === null || item.outcome !== 'planned' ? undefined : refused.get(item.recordId);
    const isRepeat = before !== undefined && before.fields === JSON.stringify(item.fields);
    return isRepeat ? { ...item, kind: 'parked', outcome: 'exception', code: before.code } : item;
  });
}

/** Marks what a person has not seen so who let the run go on; null: nobody has looked. */
export function withUnseen(items: readonly PlannedItem[], seen: ReadonlyMap<string, string> | null): PlannedItem[] {
  if (seen === null) return [...items];
  return items.map((item) => {
    const [place, values] = seenAs(item);
    return item.outcome === 'planned' && seen.get(place) !== values ? { ...item, changedSince: true } : item;
  });
}

/** The figures of a run that its plan tells, and the kinds of items that they count. */
const countedAs = {
  create: 'create',
  change: 'change',
  missing: 'missing',
  surplus: 'surplus',
  withheld: 'withheld',
  doubled: 'doubled',
  held: 'held',
  waiting: 'waiting',
  inexpressible: 'inexpressible',
  notCompared: 'not-compared',
} as const satisfies Partial<Record<keyof RunCounts, PlannedItem['kind']>>;
const figures = Object.keys(countedAs) as (keyof typeof countedAs)[];

/** What the record is known to hold, and what is golden. */
function exceptionField({ golden, record }: Planned, attribute: AttributeId): PlannedItem['fields'][number] {
  const from = (record?.held[attribute]?.value ?? null) as Json;
  return { path: attribute, attribute, from, to: (golden.attributes[attribute]?.value ?? null) as Json };
}

const [hashDigits, hashModulus] = [16, 2n ** 64n];

type KindCounts = Pick<RunCounts, keyof typeof countedAs>;

/**
 * What a plan amounts to, item by item as they are made or taken out again: what it would send, how many items are of each kind, how many
 * rows were compared and hold their view, and its name. Two plans of one name send the same over the same versions, in whatever order they
 * were made.
 */
export class PlanSum {
  compared = 0;
  same = 0;
  readonly next: Next = { tally: {}, unseen: 0 };
  readonly kinds = Object.fromEntries(figures.map((figure) => [figure, 0])) as KindCounts;
  private sum = 0n;

  constructor(private readonly lens: Lens) {}

  /** Of the plan that the run has. */
  static of({ planHash, counts, tallies }: RunRow, lens: Lens): PlanSum {
    const sum = new PlanSum(lens);
    sum.compared = counts.compared;
    sum.same = counts.same;
    sum.next.unseen = tallies.next.unseen;
    Object.assign(sum.next.tally, tallies.next.tally);
    for (const figure of figures) sum.kinds[figure] = counts[figure];
    sum.sum = BigInt(`0x${planHash ?? '0'}`);
    return sum;
  }

  add(items: readonly PlannedItem[]): void {
    this.count(items, 1);
  }

  takeOut(items: readonly PlannedItem[]): void {
    this.count(items, -1);
  }

  get hash(): string {
    return this.sum.toString(16).padStart(hashDigits, '0');
  }

  private count(items: readonly PlannedItem[], by: 1 | -1): void {
    for (const figure of figures)
      this.kinds[figure] += by * items.filter(({ kind }) => kind === countedAs[figure]).length;
    const toSend = items.filter(({ outcome }) => outcome === 'planned');
    for (const [measure, n] of measuresIn(tallyOf(toSend.filter(isCounted), this.lens))) {
      this.next.tally[measure] = (this.next.tally[measure] ?? 0) + by * n;
      if (this.next.tally[measure] === 0) delete this.next.tally[measure];
    }
    this.next.unseen += by * toSend.filter(({ changedSince }) => changedSince).length;
    for (const item of toSend) this.sum = (this.sum + hashModulus + BigInt(by) * hashOf(item)) % hashModulus;
  }
}

/** Whether brakes count the item: what a person has let in was shown then, and is not asked about again. */
export function isCounted({ letIn, changedSince }: Pick<PlannedItem, 'letIn' | 'changedSince'>): boolean {
  return !letIn || changedSince === true;
}

/** Marks what writes nothing but what news changed that a person has let in. */
export function withLetIn(
  items: readonly PlannedItem[],
  letIn: ReadonlyMap<number, ReadonlySet<string>>,
): readonly PlannedItem[] {
  if (letIn.size === 0) return items;
  return items.map((item) => {
    const subjects = letIn.get(item.customerId ?? 0);
    return subjects && item.kind === 'change' && isOfSubjects(item.fields, subjects) ? { ...item, letIn: true } : item;
  });
}

function hashOf({ customerId, recordId, ifMatch, fields }: PlannedItem): bigint {
  const line = canonicalJson([customerId, recordId, ifMatch, fields as unknown as Json]);
  return BigInt(`0x${createHash('sha256').update(line).digest('hex').slice(0, hashDigits)}`);
}
