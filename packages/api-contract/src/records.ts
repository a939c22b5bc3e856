import { z } from 'zod';
import { instantSaid } from './instant-said.ts';
import { lineReject } from './intake.ts';

const json = z.json();
const nativeFields = z.record(z.string(), json);

/**
 * Where a record is. `deleted`: its system said so. `confirmed-deleted`: a steward confirmed that it is gone. `excluded`: kept out of
 * mastering. `old`: the last load of its system did not show it; it counts until somebody decides. `pending`: the hub is about to make it. `not-taken`: only errors are known of it.
 */
export const recordStates = [
  'live',
  'old',
  'pending',
  'deleted',
  'confirmed-deleted',
  'excluded',
  'not-taken',
] as const;
export type RecordState = (typeof recordStates)[number];

/** Where is my record: what the hub knows of one record, for the system that keeps it. Fields are by native path. */
export const ownRecord = z
  .object({
    sourceId: z.string(),
    customerId: z.string().nullable(),
    state: z.enum(recordStates),
    /** The highest version that the hub knows of, and when that was made. */
    version: z.int().nullable(),
    changedAt: z.iso.datetime().nullable(),
    /** The version of the mapping by which it was read. */
    mappingVersion: z.int().nullable(),
    /** What the hub believes the system to hold. */
    holds: nativeFields,
    /** What the record itself said last, by attribute. Superseded: a delivery has replaced it, and it no longer votes. */
    asserts: z.array(
      z.object({
        attribute: z.string(),
        label: z.string(),
        fields: nativeFields,
        display: z.string(),
        at: instantSaid,
        superseded: z.boolean(),
      }),
    ),
    /** Values that the system changed or refused when they were sent. */
    parked: z.array(z.object({ attribute: z.string(), fields: nativeFields, code: z.string() })),
    lastOffer: z.object({ at: z.iso.datetime(), deliveryId: z.string().nullable(), fields: nativeFields }).nullable(),
    /** The newest hundred that are not settled. */
    errors: z.array(z.object({ code: z.string(), path: z.string(), detail: z.string(), at: z.iso.datetime() })),
  })
  .meta({ id: 'OwnRecord' });
export type OwnRecord = z.infer<typeof ownRecord>;

export const timelineKinds = ['push', 'heard', 'patch', 'increment', 'delete', 'offer', 'receipt'] as const;

/**
 * One thing that the record said, was heard to hold, or was offered. `native`: as it came or went; of an offer, the fields that it
 * carried; null for a delete, and for a receipt of a row that was known already.
 */
const timelineEntry = z.object({
  entryId: z.int(),
  kind: z.enum(timelineKinds),
  version: z.int().nullable(),
  /** When it happened there, and when the hub filed it. */
  at: z.iso.datetime(),
  filedAt: z.iso.datetime(),
  batchId: z.int().nullable(),
  line: z.int().nullable(),
  runId: z.int().nullable(),
  deliveryId: z.string().nullable(),
  native: json,
  /** Of a receipt: fields that the system would not take, by path, with its reason. */
  refused: z.record(z.string(), z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
/** What was filed last comes first. */
export const recordTimelinePage = z
  .object({ entries: z.array(timelineEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'RecordTimelinePage' });
export type RecordTimelinePage = z.infer<typeof recordTimelinePage>;

/** A line that was refused when its batch was accepted. Kept for 30 days. */
const ownReject = lineReject.extend({ batchId: z.int(), receivedAt: z.iso.datetime() }).meta({ id: 'OwnReject' });
/** The latest batch first. */
export const ownRejectPage = z
  .object({ rejects: z.array(ownReject), nextCursor: z.string().nullable() })
  .meta({ id: 'OwnRejectPage' });
export type OwnRejectPage = z.infer<typeof ownRejectPage>;

/** Records of one system that are of one customer: it keeps that customer more than once. */
const ownDuplicate = z
  .object({ customerId: z.string(), sourceIds: z.array(z.string()).min(2) })
  .meta({ id: 'OwnDuplicate' });
/** A page may be empty and still have a next one. */
export const ownDuplicatePage = z
  .object({ duplicates: z.array(ownDuplicate), nextCursor: z.string().nullable() })
  .meta({ id: 'OwnDuplicatePage' });
export type OwnDuplicatePage = z.infer<typeof ownDuplicatePage>;

/** A record that the last load of its system did not show. It still votes and is still refreshed, until a person confirms that it is gone. */
const oldRecord = z.object({
  recordId: z.int(),
  system: z.string(),
  sourceId: z.string(),
  customerId: z.string().nullable(),
  customer: z.string(),
  changedAt: z.iso.datetime().nullable(),
  oldSince: z.iso.datetime(),
  /** The load that did not show it, and the instant that it shows. */
  loadId: z.int(),
  asOf: z.iso.datetime(),
});
export const oldRecordPage = z
  .object({ records: z.array(oldRecord), nextCursor: z.string().nullable() })
  .meta({ id: 'OldRecordPage' });
export type OldRecordPage = z.infer<typeof oldRecordPage>;

/** Records that a system holds and that have no place there, as the last refresh found them. Nothing is deleted for it. */
export const surplusPage = z
  .object({
    /** The refresh that found them; null: none has made a plan yet. */
    run: z.object({ runId: z.int(), startedAt: z.iso.datetime() }).nullable(),
    records: z.array(
      z.object({
        sourceId: z.string(),
        customerId: z.string(),
        customer: z.string(),
        /** `not-kept`: its customer does not belong there. `still-there`: it was deleted, and the system lists it still. */
        why: z.enum(['not-kept', 'still-there']),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SurplusPage' });
export type SurplusPage = z.infer<typeof surplusPage>;
