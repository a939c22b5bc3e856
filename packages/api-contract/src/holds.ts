import { z } from 'zod';
import { reach, seenCount } from './reach.ts';

export const holdStates = ['open', 'answered'] as const;
/** What may be said of each kind of question: whether the system was set back, and whether much that it changed at once is right. */
export const holdAnswers = {
  restore: ['restored', 'drift', 'anew'],
  'changed-much': ['let-in', 'thrown-back'],
  newcomer: ['let-in', 'thrown-back'],
} as const;
const answers = [...holdAnswers.restore, ...holdAnswers['changed-much']] as const;

/** What was told and does not count until a person has said what it means. */
export const hold = z
  .object({
    holdId: z.int(),
    system: z.string(),
    systemName: z.string(),
    /** What kind of question it is: `restore`, whether the system was set back; `changed-much`, whether what it changed at once is right; `newcomer`: it is new, and would change customers of others. */
    reason: z.enum(['restore', 'changed-much', 'newcomer']),
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
    answer: z.enum(answers).nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: z.iso.datetime().nullable(),
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
        answer: z.enum(answers),
        /** Null: more is held than is tried out at once, or the answer needs the instants that it names. */
        reach: reach.nullable(),
      }),
    ),
  })
  .meta({ id: 'HoldPreview' });
export type HoldPreview = z.infer<typeof holdPreview>;

const instant = z.iso.datetime({ offset: true });

/**
 * `restored`: the system was set back to an instant, and what it tells since the restore is new. `drift`: what is held does not count,
 * and the next run overwrites it. `anew`: the rows count their versions anew, and what is held is what they say now.
 * Of much that was changed at once: `let-in`, it counts and is usual from now on; `thrown-back`, it says nothing, and the next run
 * overwrites it, with `alsoPassed` also what was changed so in the ten minutes before.
 */
export const holdAnswer = z
  .discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('restored'),
      setBackTo: instant,
      restoredAt: instant,
      /** The whole system was set back, or the held rows alone. */
      rows: z.enum(['all', 'held']).default('all'),
    }),
    z.strictObject({ answer: z.literal('drift') }),
    z.strictObject({ answer: z.literal('anew') }),
    /** Of a newcomer: the number of rows that are held, as a person has read it. */
    z.strictObject({ answer: z.literal('let-in'), count: seenCount }),
    z.strictObject({ answer: z.literal('thrown-back'), alsoPassed: z.boolean().default(false) }),
  ])
  .meta({ id: 'HoldAnswer' });
export type HoldAnswer = z.input<typeof holdAnswer>;
