import { z } from 'zod';

const counted = z.int().nonnegative();
const scopeCounts = z.object({
  create: z.int().describe('Customers who would be given a record'),
  withheld: z.int().describe('Who would be, but for a record there that may be theirs already'),
  refresh: z.int().describe('Whose record belongs there'),
  surplus: z.int().describe('Whose record is there and does not belong'),
});

/**
 * What an act would change, counted over all that is stored before it acts: a mapping, rules, a match model, a scope, a configuration, a bulk
 * decision, or what a new system tells. Every such act shows it in this one form, and is done by whoever sends its `count`.
 */
export const reach = z
  .object({
    /** Customers that are there, with another golden value, another row, another place in a system, or other records. */
    count: counted,
    /** Customers that were looked at. */
    customers: counted,
    /** Customers that would begin, and that would be no customers of their own any more. */
    begun: counted,
    ended: counted,
    attributes: z.array(
      z.object({
        attribute: z.string(),
        label: z.string(),
        /** Customers whose golden value would be another. */
        changed: counted,
        /** Conflicts that would open, and that would close. */
        opened: counted,
        closed: counted,
        /** Customers whose value stays only because it was delivered already. */
        delivered: counted,
      }),
    ),
    /** What would go out to each system with its next refresh. */
    systems: z.array(
      z.object({
        system: z.string(),
        /** Rows that would be written otherwise, and made. */
        rows: counted,
        made: counted,
        /** Rows that would not belong there any more. */
        surplus: counted,
        /** By attribute, list or place: rows in which it would be written otherwise. */
        attributes: z.array(z.object({ attribute: z.string(), label: z.string(), rows: counted })),
      }),
    ),
    /** Ten of the customers at most. */
    examples: z.array(
      z.object({
        customerId: z.string(),
        customer: z.string(),
        changes: z.array(z.object({ attribute: z.string(), label: z.string(), before: z.string(), after: z.string() })),
        rows: z.array(
          z.object({
            system: z.string(),
            sourceId: z.string().nullable(),
            fields: z.array(z.object({ path: z.string(), from: z.json(), to: z.json() })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Reach' });
export type Reach = z.infer<typeof reach>;

/** Of an act that changes more than five customers: how many, as a person has read it. It holds within five, or a twentieth. */
export const seenCount = counted.optional();

/** Whom a scope would take in and leave out, beside the one in force. */
export const scopePreview = z
  .object({ inForce: scopeCounts, proposed: scopeCounts, reach })
  .meta({ id: 'ScopePreview' });
export type ScopePreview = z.infer<typeof scopePreview>;
