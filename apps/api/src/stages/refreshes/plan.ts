import { createHash } from 'node:crypto';
import {
  canonicalJson,
  heldOf,
  viewDifference,
  type AttributeId,
  type GoldenForView,
  type Json,
  type Lens,
  type Reading,
  type RecordState,
  type ViewDifference,
} from '@cinch/canonical-model';
import type { PlannedItem } from './items.store.ts';

/** A customer as the target system should see it, and its record there. */
export interface Planned {
  customerId: number;
  golden: GoldenForView;
  record: {
    recordId: number;
    /** Null while the record is still to be made. */
    sourceKey: string | null;
    headVersion: number | null;
    headPosition: string | null;
    held: RecordState['held'];
    parked: RecordState['parked'];
  } | null;
  /** The row as listed, where it changed without a new version: it is what a delivery writes onto. */
  drifted: { reading: Reading; version: number | null } | null;
  /** The system no longer lists the record. */
  missing: boolean;
}

/** What a delivery to this customer's record must carry, rendered from what is known now. */
export function differenceOf(planned: Planned, lens: Lens): ViewDifference {
  const { record, drifted } = planned;
  const exists = record !== null && record.sourceKey !== null;
  const held = exists ? (drifted ? heldBy(drifted.reading) : record.held) : null;
  return viewDifference(planned.golden, { held, parked: record?.parked ?? {} }, lens);
}

/** The items that one customer adds to a plan: at most one to send, and its exceptions. */
export function planItems(planned: Planned, lens: Lens): PlannedItem[] {
  const { customerId, record, missing, drifted } = planned;
  const item = { recordId: record?.recordId ?? null, customerId, ifMatch: null, fields: [] };
  if (missing) return [{ ...item, kind: 'missing', outcome: 'exception', code: 'not-listed' }];
  const { changes, parked, inexpressible } = differenceOf(planned, lens);
  const exists = record !== null && record.sourceKey !== null;
  const exceptions = [
    ...parked.map((one) => ({ kind: 'parked' as const, ...one })),
    ...inexpressible.map((one) => ({ kind: 'inexpressible' as const, ...one })),
  ].map(({ kind, code, attribute }): PlannedItem => {
    return { ...item, kind, outcome: 'exception', code, fields: [exceptionField(planned, attribute)] };
  });
  if (changes.length === 0) return exceptions;
  const ifMatch = exists ? (drifted ? drifted.version : record.headVersion) : null;
  return [
    { ...item, kind: exists ? 'change' : 'create', ifMatch, fields: changes, outcome: 'planned', code: null },
    ...exceptions,
  ];
}

function exceptionField({ golden }: Planned, attribute: AttributeId): PlannedItem['fields'][number] {
  return { path: attribute, attribute, from: null, to: (golden.attributes[attribute]?.value ?? null) as Json };
}

function heldBy(reading: Reading): RecordState['held'] {
  return Object.fromEntries(Object.entries(reading.attributes).map(([attribute, read]) => [attribute, heldOf(read)]));
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
