import { z } from 'zod';

/** What one attribute cost between systems in a month of UTC. Drift and decisions of an item count for its list. */
export const misalignmentLine = z.object({
  /** `2026-03` */
  month: z.string(),
  attribute: z.string(),
  label: z.string(),
  /** Codes of the systems that it was between, by the alphabet: the one that differed, and the one whose value it was to hold. */
  systems: z.array(z.string()),
  /** Values that refreshes found otherwise than they were to be. */
  found: z.int(),
  /** Of these, stored as they were sent. */
  repaired: z.int(),
  /** Of these, refused or changed by the system. */
  refused: z.int(),
  /** Conflicts and change requests that a person settled. */
  decided: z.int(),
});
export type MisalignmentLine = z.infer<typeof misalignmentLine>;

/** The latest month first, then what was found most; `leftOut`: lines beyond what one answer tells. */
export const misalignment = z
  .object({ since: z.iso.datetime(), until: z.iso.datetime(), lines: z.array(misalignmentLine), leftOut: z.int() })
  .meta({ id: 'Misalignment' });
export type Misalignment = z.infer<typeof misalignment>;
