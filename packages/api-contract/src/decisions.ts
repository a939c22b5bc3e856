import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { instantSaid, instantStated } from './instant-said.ts';

const json = z.json();

/** Why a person acts: it stands in the history of every customer that the act is about. */
export const reason = z.string().trim().min(1, 'say why, for whoever reads the history').max(longest.reason);

/** Of decisions that are made by the hundred: it may be left out. */
export const perhapsReason = z.string().trim().max(longest.reason).default('');

/** Numbers of standing decisions that give way to this one; without them, an act that contradicts any is refused with them listed. */
export const replaces = z.array(z.int().positive()).max(most.named).optional();

export const decisionMade = z.object({ decisionId: z.int() }).meta({ id: 'DecisionMade' });
export type DecisionMade = z.infer<typeof decisionMade>;

const attribute = z.string().max(longest.attribute);

/** An item of a list is named by its list and key, such as `products:["WASH-7",null]`; `value: null` pins that there is none. */
export const pinMake = z
  .object({
    attribute,
    value: json,
    /** When it ends; without it, only an undo ends it. */
    until: instantStated.optional(),
    reason,
    replaces,
  })
  .meta({ id: 'PinMake' });

const customerId = z.uuid({ error: 'this is no customer id; copy it from the customer' });

/** Both have a living row of a system that holds nobody twice: they are linked all the same. Left out: that is refused, and said. */
export const twice = z.boolean().optional();

export const mergeMake = z.object({ with: customerId, reason, replaces, twice }).meta({ id: 'MergeMake' });

/** `records`: those that leave the customer. `dryRun` tells what the split would mean, and splits nothing. */
export const splitMake = z
  .object({
    records: z.array(z.int().positive()).min(1).max(most.named),
    reason,
    replaces,
    dryRun: z.boolean().default(false),
  })
  .meta({ id: 'SplitMake' });
export type SplitMake = z.infer<typeof splitMake>;

export const reopenMake = z.object({ system: z.string().max(longest.systemCode), reason }).meta({ id: 'ReopenMake' });
export const reconsiderMake = z.object({ attribute, reason }).meta({ id: 'ReconsiderMake' });
export const excludeMake = z.object({ reason, replaces }).meta({ id: 'ExcludeMake' });
export const putBackMake = z.object({ reason }).meta({ id: 'PutBackMake' });
export const confirmDeletedMake = z.object({ reason }).meta({ id: 'ConfirmDeletedMake' });

/** Why what was decided no longer stands: it may be left out, and the body with it. */
export const undoMake = z.object({ reason: reason.optional() }).meta({ id: 'UndoMake' }).optional();

/** A source record by its number and by the name that its system gives it. */
export const recordName = z.object({
  recordId: z.int(),
  system: z.string(),
  systemName: z.string(),
  sourceId: z.string().nullable(),
});
export type RecordName = z.infer<typeof recordName>;

const pinnedValue = z.object({
  decisionId: z.int(),
  attribute: z.string(),
  label: z.string(),
  value: json,
  display: z.string(),
  until: z.iso.datetime().nullable(),
});

const splitSide = z.object({
  records: z.array(recordName),
  /** Pins that bind this side today and would stay with the other: a pin goes with the record that it was made on. */
  loses: z.array(pinnedValue),
});

/** What a split would mean. `contradicts`: decisions that have to give way, to be named in `replaces`. */
export const splitPreview = z
  .object({
    stay: splitSide,
    leave: splitSide,
    contradicts: z.array(z.object({ decisionId: z.int(), kind: z.string(), words: z.string() })),
  })
  .meta({ id: 'SplitPreview' });
export type SplitPreview = z.infer<typeof splitPreview>;

export const decisionKinds = [
  'choice',
  'pin',
  'answer',
  'reconsider',
  'link',
  'not-same',
  'exclude',
  'confirm-deleted',
  'reopen',
  'take-back',
] as const;

export const decision = z
  .object({
    decisionId: z.int(),
    kind: z.enum(decisionKinds),
    /** What was decided, in one sentence. */
    words: z.string(),
    attribute: z.string().nullable(),
    label: z.string().nullable(),
    conflictId: z.int().nullable(),
    records: z.array(recordName),
    by: z.string(),
    at: z.iso.datetime(),
    reason: z.string(),
    undoneBy: z.string().nullable(),
    undoneAt: z.iso.datetime().nullable(),
    undoneReason: z.string().nullable(),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof decision>;
export const decisionList = z.object({ decisions: z.array(decision) }).meta({ id: 'DecisionList' });

/** A pin that binds now. `against`: what records say that differs from it. */
export const pin = pinnedValue
  .extend({
    customerId: z.string(),
    customer: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
    reason: z.string(),
    against: z.array(
      z.object({
        system: z.string(),
        systemName: z.string(),
        sourceId: z.string().nullable(),
        display: z.string(),
        at: instantSaid,
      }),
    ),
  })
  .meta({ id: 'Pin' });
export type Pin = z.infer<typeof pin>;
export const pinPage = z.object({ pins: z.array(pin), nextCursor: z.string().nullable() }).meta({ id: 'PinPage' });
export type PinPage = z.infer<typeof pinPage>;
