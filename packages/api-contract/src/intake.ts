import { longest, most, mostVersion } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { instantStated } from './instant-said.ts';
import { trouble } from './troubles.ts';

const json = z.json();

/** Of a row. */
const version = z
  .int()
  .nonnegative()
  .max(mostVersion, {
    error: `Send a version of at most 2^53 - 2^32 (${mostVersion}): after a higher one no later row could count.`,
  });

/** One line of `POST /systems/{s}/records`. Version and time may stand in the data where the mapping names their place. */
export const recordLine = z
  .object({
    id: z.string().min(1).max(longest.key),
    version: version.optional(),
    changedAt: instantStated.optional(),
    data: z.record(z.string(), json),
  })
  .meta({ id: 'RecordLine' });
export type RecordLine = z.infer<typeof recordLine>;

const eventEnvelope = z.object({
  specversion: z.literal('1.0'),
  /** Together with the source it names the event: the same pair again is the same event. */
  id: z.string().min(1).max(longest.code),
  source: z.string().min(1).max(longest.address),
  subject: z.string().min(1).max(longest.key),
  time: instantStated.optional(),
  datacontenttype: z.string().max(longest.code).optional(),
  rowversion: version.optional(),
  /** The delivery of the hub that last wrote the row, and the version it made. */
  deliveryid: z.string().max(longest.code).optional(),
  deliveryversion: version.optional(),
});

const amount = z
  .number({ error: 'Send the amount that was added, as a number.' })
  .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), {
    error: 'Send whole amounts of at most 2^53 - 1: a larger one is not exact.',
  });

const amounts = z
  .record(z.string(), amount)
  .refine((members) => Object.keys(members).length <= most.increments, {
    error: `Send at most ${most.increments} amounts in one event.`,
  })
  .refine((members) => Object.keys(members).every((path) => path.length <= longest.path), {
    error: `Name paths of at most ${longest.path} characters.`,
  });

const eventTypes = ['customer.changed', 'customer.patched', 'customer.incremented', 'customer.deleted'] as const;

/** The forms that an event may have; `row` is the schema of a whole row and of a patch. */
export function cloudEventWith<Row extends z.ZodType>(row: Row) {
  return z.discriminatedUnion(
    'type',
    [
      eventEnvelope.extend({ type: z.enum(['customer.changed', 'customer.patched']), data: row }),
      eventEnvelope.extend({
        type: z.literal('customer.incremented'),
        // Without the version nobody could tell whether a whole row counts the amounts already.
        rowversion: version,
        data: amounts,
      }),
      eventEnvelope.extend({ type: z.literal('customer.deleted'), data: z.unknown().optional() }),
    ],
    {
      error: (issue) => (issue.code === 'invalid_union' ? `Send a type out of ${eventTypes.join(', ')}.` : undefined),
    },
  );
}

/**
 * A CloudEvent in JSON format. `customer.changed` carries the whole row, `customer.patched` a JSON merge patch (RFC 7386),
 * `customer.incremented` what was added to numbers of the row, by path; `customer.deleted` needs no data.
 */
export const cloudEvent = cloudEventWith(z.record(z.string(), json)).meta({ id: 'CloudEvent' });
export type CloudEvent = z.infer<typeof cloudEvent>;

export const lineReject = z
  .object({ line: z.int(), code: z.string(), path: z.string(), detail: z.string() })
  .meta({ id: 'LineReject' });
export type LineReject = z.infer<typeof lineReject>;

export const batchAccepted = z
  .object({
    batchId: z.int(),
    accepted: z.int(),
    rejected: z.array(lineReject),
    /** Of a CSV file: columns that the mapping does not read. Their cells are kept with the records. */
    unmappedColumns: z.array(z.string()).optional(),
  })
  .meta({ id: 'BatchAccepted' });
export type BatchAccepted = z.infer<typeof batchAccepted>;

/**
 * Something about an accepted line that its sender should know. A record whose envelope cannot be read counts as an error; of any
 * other, all that can be read applies.
 */
export const lineNote = z
  .object({ line: z.int(), sourceId: z.string().nullable(), code: z.string(), path: z.string(), detail: z.string() })
  .meta({ id: 'LineNote' });

/** `accepted = waiting + applied + superseded + error`, always. */
export const batch = z
  .object({
    batchId: z.int(),
    system: z.string(),
    receivedAt: z.iso.datetime(),
    doneAt: z.iso.datetime().nullable(),
    accepted: z.int(),
    waiting: z.int(),
    applied: z.int(),
    superseded: z.int(),
    error: z.int(),
    rejected: z.int(),
    /**
     * The first hundred notes: what could not be read, was sent twice, stated a time ahead, or a version that is older than known or leaps.
     */
    notes: z.array(lineNote),
  })
  .meta({ id: 'Batch' });
export type Batch = z.infer<typeof batch>;

export const status = z
  .object({
    inbox: z.object({ accepted: z.int(), waiting: z.int(), applied: z.int(), superseded: z.int(), error: z.int() }),
    conflictsOpen: z.int(),
    customers: z.int(),
    sourceRecords: z.int(),
    /** Whether customers and source records are about so many: beyond 100,000 they are not counted one by one. */
    estimated: z.boolean(),
    /** Open entries of the error log, by kind. */
    errors: z.object({ line: z.int(), field: z.int(), note: z.int() }),
    /** What must always hold, and how many rows break it. The hub looks every few minutes, at a slice of its rows. */
    integrity: z.array(
      z.object({
        name: z.string(),
        says: z.string(),
        faults: z.int(),
        checkedAt: z.iso.datetime().nullable(),
        /** When it had last looked at all rows. */
        wholeAt: z.iso.datetime().nullable(),
      }),
    ),
    /** What is wrong with the hub as a whole right now; empty while nothing is. */
    troubles: z.array(trouble),
  })
  .meta({ id: 'Status' });
export type Status = z.infer<typeof status>;

/** Why records moved: what came, what was published, or what a person decided. */
export const moveCauses = [
  'push', 'heard', 'receipt', 'mapping', 'rules', 'match-model', 'match-keys', 'time',
  'link', 'not-same', 'exclude', 'confirm-deleted', 'reopen', 'take-back', 'undo',
  'choice', 'pin', 'answer', 'reconsider',
] as const; // prettier-ignore

/** Records that left one customer for another, the latest first: each line of the crosswalk that changed. Kept for 400 days. */
export const movedRecordPage = z
  .object({
    moves: z.array(
      z.object({
        moveId: z.int(),
        at: z.iso.datetime(),
        system: z.string(),
        sourceId: z.string(),
        from: z.string(),
        to: z.string(),
        cause: z.enum(moveCauses),
        /** The same in words, with who and why where a person published or decided. */
        because: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'MovedRecordPage' });
export type MovedRecordPage = z.infer<typeof movedRecordPage>;

/** One line of `GET /crosswalk`. */
export const crosswalkLine = z
  .object({ system: z.string(), sourceId: z.string(), customerId: z.string() })
  .meta({ id: 'CrosswalkLine' });
export type CrosswalkLine = z.infer<typeof crosswalkLine>;
