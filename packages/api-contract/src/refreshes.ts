import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { runProof } from './closing.ts';
import { instantStated } from './instant-said.ts';

/**
 * `hear`: the system is listed and what the hub had not heard is taken in. `plan`: what differs is worked out. `planned`: waits for
 * an admin. `apply`: batches are sent. `verify`: listed and compared again. `closed`, `failed`, `cancelled`: the end.
 * `standing`: the run that holds the deliveries made between refreshes.
 */
export const runPhases = [
  'hear',
  'plan',
  'planned',
  'apply',
  'verify',
  'closed',
  'failed',
  'cancelled',
  'standing',
] as const;

export const runCounts = z.object({
  /** Rows the system listed. */
  listed: z.int(),
  /** Of these, newer than the hub knew: taken in before anything was planned. */
  heard: z.int(),
  /** Changed without a new version, or older than known: to be overwritten. */
  drifted: z.int(),
  /** Rows that were compared with their view when the last plan was made. */
  compared: z.int().default(0),
  /** Of these, rows that held their view already when the first plan was made. */
  same: z.int(),
  /** Rows that the run set out to make, and to change, by all of its plans: each is applied, parked, failed, overtaken, withdrawn or open. */
  create: z.int(),
  change: z.int(),
  /** Records of the hub that the system no longer lists. */
  missing: z.int(),
  /** Rows whose customer no longer belongs there, and rows still there after their delete. */
  surplus: z.int().default(0),
  /** Not created: the customer may be there already, under another record. */
  withheld: z.int().default(0),
  /** Rows that the hub made for customers which have another one there. */
  doubled: z.int().default(0),
  /** Records about which a person is asked: nothing is written to their rows meanwhile. */
  held: z.int().default(0),
  /** Sent otherwise than the plan that was looked at had them: pushed meanwhile, or found by a later round. */
  changedSince: z.int().default(0),
  /** Values that a person has to answer for: an open conflict or change request stands above them. */
  waiting: z.int().default(0),
  /** Values that the system's model cannot say. */
  inexpressible: z.int().default(0),
  /** Values of which nobody can say that they are equal. */
  notCompared: z.int().default(0),
  /** Sent and stored as sent. */
  applied: z.int(),
  /** Sent, but the system changed or refused a value. */
  parked: z.int(),
  failed: z.int(),
  /** Sent, but the row had changed meanwhile: it was heard and planned anew. */
  overtaken: z.int().default(0),
  /** Not sent: nothing differed any more, or another run does it. */
  withdrawn: z.int().default(0),
});
export type RunCounts = z.infer<typeof runCounts>;

/**
 * More than a limit of the system: rows that all rounds of the run write (`changed-share`), of them rows that are made (`created-share`) or
 * turned into the other kind (`kind-share`), rows that get another value of one attribute (`values-share`) or lose it (`emptied-share`), rows
 * that are missing or surplus (`surplus-share`); the system listed nothing (`empty-input`); rows would be written otherwise than a person
 * saw them (`unseen`).
 */
export const brakeCodes = [
  'changed-share',
  'created-share',
  'kind-share',
  'values-share',
  'emptied-share',
  'surplus-share',
  'empty-input',
  'unseen',
] as const;

export const brakeReason = z.object({
  code: z.enum(brakeCodes),
  /** Of which attribute, or at which place that no attribute names. */
  attribute: z.string().optional(),
  /** What readers call it. */
  label: z.string().optional(),
  count: z.int(),
  of: z.int(),
  /** The system's limit, as a share; of `unseen`, by how much an approved number may grow. */
  limit: z.number(),
  /** Fewer rows than that never brake; not told of runs before it could be set. */
  fromRows: z.int().optional(),
});

export const refreshRun = z
  .object({
    runId: z.int(),
    system: z.string(),
    systemName: z.string(),
    mode: z.enum(['plan', 'full', 'events']),
    phase: z.enum(runPhases),
    startedAt: z.iso.datetime(),
    startedBy: z.string(),
    closedAt: z.iso.datetime().nullable(),
    counts: runCounts,
    /** The proof in words: `equal as of …`, or `equal but for …`. Null until the run has closed. */
    closing: z.string().nullable(),
    /** What the words are made of; null also of runs that closed before it was kept. */
    proof: runProof.nullable(),
    failure: z.string().nullable(),
    planHash: z.string().nullable(),
    /** Why the run stopped at its plan, whatever its mode and its round. Empty: it is not braked. */
    brake: z.array(brakeReason),
  })
  .meta({ id: 'RefreshRun' });
export type RefreshRun = z.infer<typeof refreshRun>;
export const refreshRunList = z
  .object({ runs: z.array(refreshRun), nextCursor: z.string().nullable() })
  .meta({ id: 'RefreshRunList' });

/** `create`, `change`: to be sent. All others are exceptions: what is not equal and not sent, with the reason as the item's code. */
export const itemKinds = [
  'create',
  'change',
  'waiting',
  'missing',
  'surplus',
  'withheld',
  'doubled',
  'held',
  'parked',
  'inexpressible',
  'not-compared',
] as const;

/** Characters of the code of an item, as a filter: longer ones there are none. */
export const itemCodeLength = 60;

export const itemOutcomes = [
  'planned',
  'sent',
  'stored',
  'parked',
  'mismatch',
  'failed',
  'withdrawn',
  'exception',
] as const;

export const refreshItem = z
  .object({
    seq: z.int(),
    kind: z.enum(itemKinds),
    sourceId: z.string().nullable(),
    customerId: z.string().nullable(),
    customer: z.string(),
    fields: z.array(z.object({ path: z.string(), attribute: z.string().nullable(), from: z.json(), to: z.json() })),
    outcome: z.enum(itemOutcomes),
    code: z.string().nullable(),
    /** It is, or was, sent otherwise than the plan that was looked at had it. */
    changedSince: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'RefreshItem' });
export type RefreshItem = z.infer<typeof refreshItem>;
export const refreshItemPage = z
  .object({ items: z.array(refreshItem), nextCursor: z.string().nullable() })
  .meta({ id: 'RefreshItemPage' });

/** `plan` stops after the plan and waits for `POST /refreshes/{id}/apply`; `full` goes on by itself. */
export const refreshStart = z
  .strictObject({
    system: z.string(),
    mode: z.enum(['plan', 'full']).default('plan'),
    /** Only these of its records, by their keys, and the records of these customers. */
    sourceIds: z.array(z.string().min(1).max(longest.key)).min(1).max(most.named).optional(),
    customerIds: z.array(z.uuid()).min(1).max(most.named).optional(),
    /** Only what of an earlier run of the system was refused, changed by it or failed. */
    failedOf: z.int().positive().optional(),
    /** Only customers whose golden values changed from then on, or to whose rows of the system something was sent; exclusive `until`, else until now. */
    since: instantStated.optional(),
    until: instantStated.optional(),
    /** Only these attributes and lists. */
    attributes: z.array(z.string().max(longest.attribute)).min(1).max(most.named).optional(),
    /** Values that are parked are sent once more. It goes together with what else confines the run. */
    resend: z.boolean().optional(),
  })
  .refine(
    ({ resend, sourceIds, customerIds, failedOf, attributes, since }) =>
      !resend || [sourceIds, customerIds, failedOf, attributes, since].some((one) => one !== undefined),
    { path: ['resend'], error: 'say what is sent again: sourceIds, customerIds, failedOf, since or attributes' },
  )
  .refine(({ since, until }) => until === undefined || since !== undefined, {
    path: ['until'],
    error: 'Say since when as well.',
  })
  .refine(({ since, until }) => !since || !until || Date.parse(since) < Date.parse(until), {
    path: ['until'],
    error: 'Send an instant after since.',
  })
  .meta({ id: 'RefreshStart' });
export const refreshApply = z
  .object({
    planHash: z.string(),
    /** Of a braked plan: the `count` of its first reason, as a person has read it. */
    count: z.int().nonnegative().optional(),
  })
  .meta({ id: 'RefreshApply' });
