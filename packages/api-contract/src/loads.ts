import { z } from 'zod';
import { instantStated } from './instant-said.ts';

/** `asOf`: the instant of which the system's records are all sent; now, when it is left out. */
export const loadOpen = z.object({ asOf: instantStated.optional() }).default({}).meta({ id: 'LoadOpen' });

/** `expected`: how many lines the system has sent in the load, good and bad ones, each once. */
export const loadComplete = z.object({ expected: z.int().nonnegative() }).meta({ id: 'LoadComplete' });

/**
 * `open`: takes records. `completing`: complete, but not all of its lines have their place. `to-accept`: an admin has to look first.
 * `swept`: records that it did not show are flagged as old. `unswept`, `aborted`: its records count, but nothing was flagged.
 */
export const loadStates = ['open', 'completing', 'to-accept', 'swept', 'unswept', 'aborted'] as const;
export type LoadState = (typeof loadStates)[number];

export const load = z
  .object({
    loadId: z.int(),
    system: z.string(),
    asOf: z.iso.datetime(),
    state: z.enum(loadStates),
    /** Why it is where it is, such as `wrong-count`, `rejects`, `errors`, `empty`, `many-old`, `idle`, `newer-load`. */
    why: z.array(z.string()),
    /** What happened and what to do next, in a sentence. */
    detail: z.string(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    expected: z.int().nullable(),
    accepted: z.int(),
    rejected: z.int(),
    waiting: z.int(),
    applied: z.int(),
    superseded: z.int(),
    error: z.int(),
    /** How many records it flagged as old: those that it did not show, and that were not told of since `asOf`. */
    flagged: z.int(),
    /** How many records it did not show when its lines had their place. */
    unshown: z.int(),
  })
  .meta({ id: 'Load' });
export type Load = z.infer<typeof load>;

/** The latest first. */
export const loadPage = z.object({ loads: z.array(load), nextCursor: z.string().nullable() }).meta({ id: 'LoadPage' });
export type LoadPage = z.infer<typeof loadPage>;
