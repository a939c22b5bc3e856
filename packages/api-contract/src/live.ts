import { z } from 'zod';
import { runCounts, runPhases } from './refreshes.ts';

/**
 * What the console can be told to read anew. `waiting`: what waits in the inbox, and loads. `customers`: golden records and what follows
 * from them. `troubles`: what `GET /status` lists as wrong. Each says that something may read otherwise by now, never what.
 */
export const liveTopics = [
  'refreshes',
  'conflicts',
  'match-reviews',
  'change-requests',
  'holds',
  'customers',
  'errors',
  'systems',
  'rules',
  'waiting',
  'audit',
  'troubles',
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** The data of an event `changed` of `GET /live`. Names of topics, ids of runs and counts: nothing of any customer. */
export const liveChange = z
  .object({
    topics: z.array(z.enum(liveTopics)),
    /** How far the runs are that went on. */
    runs: z.array(z.object({ runId: z.int(), phase: z.enum(runPhases), round: z.int(), counts: runCounts })),
  })
  .meta({ id: 'LiveChange' });
export type LiveChange = z.infer<typeof liveChange>;
