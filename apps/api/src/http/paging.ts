import { z } from 'zod';
import { identity } from './validation.ts';

/** Query of a list that is read page by page; the cursor is the identity of the last thing that was shown. */
export const page = z.object({
  cursor: identity.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Page = z.infer<typeof page>;

/** The query of a list that is also searched: what people search for are names and phones, and addresses are logged on their way. */
export const pageOfSearched = <Shape extends typeof page.shape>(searchPath: string, list: z.ZodObject<Shape>) =>
  z.strictObject(list.shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `search by POST ${searchPath}, with what is searched for in the body` : undefined,
  });

/** The same for a list that can be sorted; the first of the sorts is the order in which it is listed without being asked. */
export const sortedPage = <const Sorts extends readonly [string, ...string[]]>(sorts: Sorts) =>
  page.extend({ sort: z.enum(sorts, { error: `use one of ${sorts.join(', ')}` }).default(sorts[0] as never) });
export interface SortedPage extends Page {
  /** Falls after a hyphen. */
  sort: string;
}

/** SQL that walks along an identity as the sort says: what stands beyond a cursor, named as the statement's parameter, and the order. */
export function along(identityColumn: string, { sort }: Pick<SortedPage, 'sort'>) {
  const falls = sort.startsWith('-');
  return {
    beyond: (cursor: string) => `(${cursor}::bigint is null or ${identityColumn} ${falls ? '<' : '>'} ${cursor})`,
    order: `${identityColumn} ${falls ? 'desc' : 'asc'}`,
  };
}

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
