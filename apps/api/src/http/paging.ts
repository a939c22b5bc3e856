import { z } from 'zod';
import { identity } from './validation.ts';

/** Query of a list that is read page by page; the cursor is the identity of the last thing that was shown. */
export const page = z.object({
  cursor: identity.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Page = z.infer<typeof page>;

/** The query of a list that is also searched: what people search for are names and phones, and addresses are logged on their way. */
export const pageOfSearched = (searchPath: string) =>
  z.strictObject(page.shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `search by POST ${searchPath}, with what is searched for in the body` : undefined,
  });

/** Takes rows of which one more than the limit was read: the surplus one tells that there is a next page. */
export function cut<Row>(
  rows: Row[],
  limit: number,
  idOf: (row: Row) => number,
): { rows: Row[]; nextCursor: string | null } {
  if (rows.length <= limit) return { rows, nextCursor: null };
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: String(idOf(shown.at(-1)!)) };
}
