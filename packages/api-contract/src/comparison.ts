import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';

const comparedAttributes = z.array(z.string().min(1).max(longest.attributeName)).min(1).max(most.attributes);

/**
 * In which rows a whole refresh looks for drift of some attributes and lists: what a row holds otherwise than the hub knew, though nobody
 * said so. `sample`: in this share of the rows, in percent, each run in the next; `never`: in none. What no set names is compared in every row.
 */
export const systemComparison = z
  .object({
    sets: z
      .array(
        z.discriminatedUnion('compared', [
          z.object({ compared: z.literal('sample'), share: z.int().min(1).max(99), attributes: comparedAttributes }),
          z.object({ compared: z.literal('never'), attributes: comparedAttributes }),
        ]),
      )
      .max(most.comparedSets)
      .refine(
        (sets) => {
          const named = sets.flatMap(({ attributes }) => attributes);
          return new Set(named).size === named.length;
        },
        { error: 'name each attribute once' },
      ),
  })
  .meta({ id: 'SystemComparison' });
export type SystemComparison = z.infer<typeof systemComparison>;
