import { z } from 'zod';

/** What one system changed and how its rows were found, within a stretch of time. */
const systemRates = z.object({
  system: z.string(),
  records: z.int(),
  /** Values that it replaced, by attribute or list. */
  changes: z.array(z.object({ attribute: z.string(), changes: z.int() })),
  /** Of these, heard by a refresh alone: nobody had told of them. */
  unheard: z.int(),
  /** Records that it ended. */
  ended: z.int(),
  /** Rows that refreshes compared, and of these rows that had changed behind their versions; zeros where none ran. */
  compared: z.int(),
  drifted: z.int(),
});

/**
 * How often customers change here, for the lab: the last days, but not the first load of the hub and the day after it. `days` is 0 where
 * the hub is younger than that.
 */
export const changeRates = z
  .object({
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    days: z.number(),
    customers: z.int(),
    created: z.int(),
    /** Conflicts that opened because two systems changed a value apart. */
    concurrent: z.int(),
    systems: z.array(systemRates),
  })
  .meta({ id: 'ChangeRates' });
export type ChangeRates = z.infer<typeof changeRates>;
