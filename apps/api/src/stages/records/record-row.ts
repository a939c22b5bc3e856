import { packKnown, unpackKnown, type CustomerKind, type RecordState } from '@cinch/canonical-model';
import type { CopyValue } from '../../platform/copy-text.ts';

/** A source record without what its timeline amounts to. */
export interface RecordHead {
  recordId: number;
  systemId: number;
  sourceKey: string | null;
  customerId: number | null;
  origin: 'push' | 'hub';
  follows: number | null;
  state: 'pending' | 'live';
  kind: CustomerKind;
  /** How often it had begun again, as it is stored. */
  life: number;
  /** The head at which a steward confirmed that the record is gone. */
  confirmedGone: string | null;
  /** Taken out of mastering by a person: it stands alone. */
  excluded: boolean;
  /** A person is asked about it: what its system tells of it joins this hold, and nothing is written to its row. */
  holdId: number | null;
}

/** A source record as the pipeline reads it. */
export interface SourceRecord extends RecordHead {
  known: RecordState;
  /** Deleted by its system, or confirmed as gone by a steward: its assertions do not count. */
  tombstoned: boolean;
}

export interface HeadRow {
  record_id: number;
  system_id: number;
  source_key: string | null;
  customer_id: number | null;
  origin: 'push' | 'hub';
  founded_by: number | null;
  state: 'pending' | 'live';
  kind: CustomerKind;
  life: number;
  confirmed_gone: string | null;
  excluded: boolean;
  hold_id: number | null;
}

export interface RecordRow extends HeadRow {
  head_version: number | null;
  whole_version: number | null;
  head_at: Date | null;
  head_position: string | null;
  known: string;
  deleted: string | null;
  life_since: string | null;
}

/** Of a record that nothing was told of yet. */
export const nothingKnown = packKnown({ held: {}, asserted: {}, delivered: {}, parked: {}, moves: {}, takenBack: [] });

export const headColumns =
  'r.record_id, r.system_id, r.source_key, r.customer_id, r.origin, r.founded_by, r.state, r.kind, r.life, r.confirmed_gone, r.excluded, r.hold_id';
export const recordColumns = `${headColumns}, r.head_version, r.whole_version, r.head_at, r.head_position, r.known, r.deleted, r.life_since`;

export function asHead(row: HeadRow): RecordHead {
  return {
    recordId: row.record_id,
    systemId: row.system_id,
    sourceKey: row.source_key,
    customerId: row.customer_id,
    origin: row.origin,
    follows: row.founded_by,
    state: row.state,
    kind: row.kind,
    life: row.life,
    confirmedGone: row.confirmed_gone,
    excluded: row.excluded,
    holdId: row.hold_id,
  };
}

export function asRecord(row: RecordRow): SourceRecord {
  return withKnown(asHead(row), {
    kind: row.kind,
    life: row.life,
    lifeSince: row.life_since,
    headVersion: row.head_version,
    wholeVersion: row.whole_version,
    headAt: row.head_at === null ? null : row.head_at.getTime(),
    headPosition: row.head_position,
    deleted: row.deleted === null ? null : (JSON.parse(row.deleted) as RecordState['deleted']),
    ...unpackKnown(row.known),
  });
}

/** The record with what its timeline amounts to. */
export function withKnown(head: RecordHead, known: RecordState): SourceRecord {
  const { confirmedGone } = head;
  const tombstoned = known.deleted !== null || (confirmedGone !== null && confirmedGone === known.headPosition);
  return { ...head, kind: known.kind, known, tombstoned };
}

/** What is stored of a record's state, by column. */
export function stateColumns(known: RecordState, mappingVersion: number) {
  return {
    kind: known.kind,
    life: known.life,
    life_since: known.lifeSince,
    head_version: known.headVersion,
    whole_version: known.wholeVersion,
    head_at: known.headAt === null ? null : new Date(known.headAt),
    head_position: known.headPosition,
    deleted: known.deleted === null ? null : JSON.stringify(known.deleted),
    known: packKnown(known),
    mapping_version: mappingVersion,
  } satisfies Record<string, CopyValue>;
}
