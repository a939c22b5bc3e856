import { createHash } from 'node:crypto';
import {
  canonicalJson,
  viewDifference,
  type AttributeId,
  type GoldenForView,
  type Json,
  type Lens,
  type Reading,
  type RecordState,
  type Standing,
  type ViewDifference,
} from '@cinch/canonical-model';
import { seenAs, type PlannedItem } from './items.store.ts';

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

/** What a delivery to this customer's record must carry, rendered from what is known now. */
export function differenceOf(planned: Planned, lens: Lens): ViewDifference {
  const { record, drifted } = planned;
  const exists = record !== null && record.sourceKey !== null;
  const viewed = {
    recordId: record?.recordId ?? null,
    held: exists ? record.held : null,
    drifted: exists ? (drifted?.reading ?? null) : null,
    asserted: record?.asserted ?? {},
    parked: record?.parked ?? {},
  };
  return viewDifference(planned.golden, viewed, lens);
}

/** The items that one customer adds to a plan: at most one to send, and its exceptions. */
export function planItems(planned: Planned, lens: Lens): PlannedItem[] {
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
  const { changes, ...left } = differenceOf(planned, lens);
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

/** How many exceptions of a plan are of each kind that a run counts. */
export function countByKind(items: readonly PlannedItem[]) {
  const count = (kind: PlannedItem['kind']) => items.filter((item) => item.kind === kind).length;
  return {
    missing: count('missing'),
    surplus: count('surplus'),
    withheld: count('withheld'),
    doubled: count('doubled'),
    held: count('held'),
    waiting: count('waiting'),
    inexpressible: count('inexpressible'),
    notCompared: count('not-compared'),
  };
}

/** What the record is known to hold, and what is golden. */
function exceptionField({ golden, record }: Planned, attribute: AttributeId): PlannedItem['fields'][number] {
  const from = (record?.held[attribute]?.value ?? null) as Json;
  return { path: attribute, attribute, from, to: (golden.attributes[attribute]?.value ?? null) as Json };
}

/** Names a plan by all that it would send: two plans of one hash send the same over the same versions. */
export function planHash(items: readonly PlannedItem[]): string {
  const lines = items
    .filter((item) => item.outcome === 'planned')
    .map(({ customerId, recordId, ifMatch, fields }) =>
      canonicalJson([customerId, recordId, ifMatch, fields as unknown as Json]),
    )
    .sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
