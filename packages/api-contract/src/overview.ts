import { z } from 'zod';
import { refreshRun } from './refreshes.ts';

const counted = z.int().nonnegative();

/** What the last refresh run of a system found to differ, by what it meant to do about it. */
const differences = z.object({
  create: counted,
  change: counted,
  missing: counted,
  surplus: counted,
  withheld: counted,
  parked: counted,
  failed: counted,
});
export type Differences = z.infer<typeof differences>;

/** The state of the whole hub at a glance. Cheap: counts of what is open, and the last of everything. */
export const overview = z
  .object({
    at: z.iso.datetime(),
    systems: z.array(
      z.object({
        system: z.string(),
        name: z.string(),
        outbound: z.enum(['off', 'armed']),
        inbound: z.enum(['on', 'paused']),
        /** Accepted lines that are not taken in yet. */
        waiting: counted,
        /** Changes that wait for the next refresh, or for the lane. */
        dirty: counted,
        /** Null before the first run. */
        lastRun: refreshRun
          .pick({ runId: true, phase: true, closing: true, startedAt: true, closedAt: true })
          .extend({ differences })
          .nullable(),
      }),
    ),
    /** Open conflicts, the attribute with the most first. */
    conflicts: z.array(z.object({ attribute: z.string(), label: z.string(), open: counted })),
    changeRequests: counted,
    /** Open entries of the error log, by kind. */
    errors: z.object({ line: counted, field: counted, note: counted }),
    /** The last 24 hours by the hour, the present one last: lines by when they were accepted. */
    throughput: z.array(z.object({ from: z.iso.datetime(), accepted: counted, errors: counted })),
    /** The latest first, without those that hold what went out between refreshes. */
    runs: z.array(refreshRun),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overview>;
