export interface ListPage<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
}

export interface AskedPage {
  cursor: string | undefined;
  limit: number;
}
export type ReadPage<Page> = (asked: AskedPage, signal: AbortSignal) => Promise<Page>;

/** Enough for the first look; whoever scrolls on is served the most that the hub gives at once. */
export const firstLimit = 50;
export const furtherLimit = 200;

/** So many pages without a row follow each other before a person is asked whether to look further. */
const emptyPagesInARow = 3;

/** The rows of all pages; one that moved while they were read stands there once, where it was met first. */
export function rowsOfPages<Row>(pages: readonly ListPage<Row>[], rowKey: (row: Row) => string | number): Row[] {
  const rows = new Map<string | number, Row>();
  for (const page of pages) {
    for (const row of page.rows) {
      const key = rowKey(row);
      if (!rows.has(key)) rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** Whether the next page may be read without being asked for: where rows are few and far between, a search might never end. */
export function goesOnByItself(pages: readonly ListPage<unknown>[]): boolean {
  return pages.length < emptyPagesInARow || pages.slice(-emptyPagesInARow).some(({ rows }) => rows.length > 0);
}

/** Every row of the list, from its start; cut when there are more than `atMost`. */
export async function allRows<Row>(
  page: ReadPage<ListPage<Row>>,
  atMost: number,
): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = [];
  const { signal } = new AbortController();
  let cursor: string | undefined;
  do {
    const read = await page({ cursor, limit: furtherLimit }, signal);
    rows.push(...read.rows);
    cursor = read.nextCursor ?? undefined;
  } while (cursor !== undefined && rows.length < atMost);
  return { rows: rows.slice(0, atMost), isCut: cursor !== undefined || rows.length > atMost };
}
