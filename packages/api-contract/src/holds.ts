import { z } from 'zod';
import { instantStated } from './instant-said.ts';
import { reach, seenCount } from './reach.ts';
import { reason } from './decisions.ts';

export const holdStates = ['open', 'answered'] as const;
/**
 * What may be said of each kind of question: whether the system was set back, whether much that it changed at once, or what a new one
 * would change of others, is right, and whether a record is somebody else now.
 */
export const holdAnswers = {
  restore: ['restored', 'drift', 'anew'],
  'changed-much': ['let-in', 'thrown-back'],
  newcomer: ['let-in', 'thrown-back'],
  'somebody-else': ['same-person', 'somebody-else'],
} as const;
const persons = [...holdAnswers.restore, ...holdAnswers['changed-much'], ...holdAnswers['somebody-else']] as const;
const answers = [...persons, 'settled'] as const;

/** What a record says of who it is. */
const reading = z.array(z.object({ attribute: z.string(), label: z.string(), display: z.string() }));

/** What was told and does not count until a person has said what it means. */
export const hold = z
  .object({
    holdId: z.int(),
    system: z.string(),
    systemName: z.string(),
    /**
     * What kind of question it is: `restore`, whether the system was set back; `changed-much`, whether what it changed at once is right;
     * `newcomer`, it is new and would change customers of others; `somebody-else`, whether a record is somebody else now.
     */
    reason: z.enum(['restore', 'changed-much', 'newcomer', 'somebody-else']),
    /** What was seen, in one sentence. */
    question: z.string(),
    /** Of the whole system: nothing is sent to it, and what it sends waits. */
    isWhole: z.boolean(),
    /** How many rows are held, and of one its key and customer. */
    rows: z.int(),
    sourceId: z.string().nullable(),
    customerId: z.string().nullable(),
    /** How many things were told of them that count once it is answered. */
    told: z.int(),
    openedAt: z.iso.datetime(),
    /** A restore that explains it was at this instant or before. */
    since: z.iso.datetime().nullable(),
    /** Of much that was changed at once: how many records were changed so before the rest was held. */
    passed: z.int(),
    /** Of a record that may be somebody else: what it said before, and what it says now. */
    readings: z.object({ before: reading, now: reading }).nullable(),
    /** `settled`: nobody need answer, what was told next settled it. */
    answer: z.enum(answers).nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: z.iso.datetime().nullable(),
    answerReason: z.string().nullable(),
  })
  .meta({ id: 'Hold' });
export type Hold = z.infer<typeof hold>;

export const holdPage = z
  .object({ holds: z.array(hold), nextCursor: z.string().nullable(), open: z.int() })
  .meta({ id: 'HoldPage' });
export type HoldPage = z.infer<typeof holdPage>;

/** What each answer to a question would do, worked out for real without keeping anything of it. Nothing is answered. */
export const holdPreview = z
  .object({
    answers: z.array(
      z.object({
        answer: z.enum(persons),
        /** Null: more is held than is tried out at once, or the answer needs the instants that it names. */
        reach: reach.nullable(),
      }),
    ),
  })
  .meta({ id: 'HoldPreview' });
export type HoldPreview = z.infer<typeof holdPreview>;

/** The answers that may stand for a system from then on. */
export const standingAnswers = ['drift', 'anew'] as const;
/** From now on every single row of the system that looks set back is answered so by itself. */
const stands = z.boolean().default(false);

/**
 * `restored`: the system was set back to an instant, and what it tells since the restore is new. `drift`: what is held does not count,
 * and the next run overwrites it. `anew`: the rows count their versions anew, and what is held is what they say now.
 * Of much that was changed at once: `let-in`, it counts and is usual from now on; `thrown-back`, it says nothing, and the next run
 * overwrites it, with `alsoPassed` also what was changed so in the ten minutes before.
 * Of a record that may be somebody else: `same-person`, what is held counts of whom it told before; `somebody-else`, it tells of another
 * person since the first word that contradicts, and leaves the customer. Each may say why.
 */
export const holdAnswer = z
  .discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('restored'),
      setBackTo: instantStated,
      restoredAt: instantStated,
      /** The whole system was set back, or the held rows alone. */
      rows: z.enum(['all', 'held']).default('all'),
      reason: reason.optional(),
    }),
    z.strictObject({ answer: z.literal('drift'), stands, reason: reason.optional() }),
    z.strictObject({ answer: z.literal('anew'), stands, reason: reason.optional() }),
    /** Of a newcomer: the number of rows that are held, as a person has read it. */
    z.strictObject({ answer: z.literal('let-in'), count: seenCount, reason: reason.optional() }),
    z.strictObject({
      answer: z.literal('thrown-back'),
      alsoPassed: z.boolean().default(false),
      reason: reason.optional(),
    }),
    z.strictObject({ answer: z.literal('same-person'), reason: reason.optional() }),
    z.strictObject({ answer: z.literal('somebody-else'), reason: reason.optional() }),
  ])
  .meta({ id: 'HoldAnswer' });
export type HoldAnswer = z.input<typeof holdAnswer>;
