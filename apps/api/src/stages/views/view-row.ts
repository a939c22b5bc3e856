import {
  unpackKnown,
  type AssertionRef,
  type AttributeId,
  type ChangeRequest,
  type CustomerKind,
  type GoldenAttributes,
  type RecordState,
  type RestoredRecord,
} from '@cinch/canonical-model';

/** A customer as one system should see it: its golden record, and the record it has there, if any. */
export interface ViewRow {
  customerId: number;
  /** The record that founded the customer: what a record made for it follows. */
  founder: number;
  display: string;
  golden: {
    kind: CustomerKind;
    version: number;
    attributes: GoldenAttributes;
    held: AttributeId[];
    requests: ChangeRequest[];
  };
  record: ViewedRow | null;
  /** What closed its creation there: records that ended, and exclusions. */
  closings: (AssertionRef | { decisionId: number })[];
  /** The closings that a person lifted again. */
  reopened: { decisionId: number; closings: string[] }[];
  /** Of one that has no row there by now: the record whose end a person confirmed and lifted again. */
  restores: RestoredRecord | null;
}

interface ViewedRow {
  recordId: number;
  sourceKey: string | null;
  origin: 'push' | 'hub';
  /** The hub did not mean to make it any more, and it was made all the same. */
  withdrawn: boolean;
  /** A person is asked about it: nothing is written to its row meanwhile. */
  holdId: number | null;
  headVersion: number | null;
  headPosition: string | null;
  held: RecordState['held'];
  asserted: RecordState['asserted'];
  parked: RecordState['parked'];
}

/** What `selectedView` selects. */
export interface StoredViewRow {
  customer_id: number;
  founder_record: number;
  display: string;
  kind: CustomerKind;
  version: number;
  attributes: string;
  held_attributes: AttributeId[];
  requests: string;
  record_id: number | null;
  source_key: string | null;
  origin: 'push' | 'hub';
  withdrawn: boolean;
  hold_id: number | null;
  head_version: number | null;
  head_position: string | null;
  known: string | null;
}

export const selectedView = `c.customer_id, c.founder_record, g.display, g.kind, g.version, g.attributes, g.held_attributes, g.requests,
  r.record_id, r.source_key, r.origin, r.withdrawn, r.hold_id, r.head_version, r.head_position, r.known`;

export const isTombstoned = '(r.deleted is not null or r.confirmed_gone = r.head_position) is true';
/** A record that is there or about to be made, and takes part in mastering. */
export const counts = `not r.excluded and not ${isTombstoned} and not (r.state = 'pending' and r.withdrawn)`;

export function asViewRow(row: StoredViewRow): Omit<ViewRow, 'closings' | 'reopened' | 'restores'> {
  return {
    customerId: row.customer_id,
    founder: row.founder_record,
    display: row.display,
    golden: {
      kind: row.kind,
      version: row.version,
      attributes: JSON.parse(row.attributes) as GoldenAttributes,
      held: row.held_attributes,
      requests: JSON.parse(row.requests) as ChangeRequest[],
    },
    record:
      row.record_id === null
        ? null
        : {
            recordId: row.record_id,
            sourceKey: row.source_key,
            origin: row.origin,
            withdrawn: row.withdrawn,
            holdId: row.hold_id,
            headVersion: row.head_version,
            headPosition: row.head_position,
            ...unpackKnown(row.known!),
          },
  };
}
