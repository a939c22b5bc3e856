import { z } from 'zod';
import type { CellValue } from './export-text.ts';

/** How a table is looked at, in the URL of its page: `sort` names what it is sorted by, after a hyphen when it falls; `hide` the columns left out. */
export const tableView = {
  sort: z.string().max(60).optional().catch(undefined),
  hide: z.array(z.string().max(60)).max(20).optional().catch(undefined),
};
export interface TableView {
  sort?: string | undefined;
  hide?: string[] | undefined;
}

interface Sortable<Row> {
  header: string;
  value?: (row: Row) => CellValue;
}

/** The sort that the URL names, if the hub knows it for this list. */
export function sortFor<Sort extends string>(sorts: readonly Sort[], view: TableView): Sort | undefined {
  return sorts.find((sort) => sort === view.sort);
}

/** Rising, then falling, then as the hub lists them (`order`), which needs no word in the URL. */
export function nextSort(sort: string | undefined, name: string, order?: string): string | undefined {
  const falling = `-${name}`;
  const isListedBy = order === name || order === falling;
  const next = sort === name ? falling : sort === falling && !isListedBy ? undefined : name;
  return next === order ? undefined : next;
}

export function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Sortable<Row>[],
  sort?: string,
): readonly Row[] {
  const falls = sort?.startsWith('-');
  const value = columns.find(({ header }) => header === (falls ? sort?.slice(1) : sort))?.value;
  if (!value) return rows;
  const rising = rows.toSorted((a, b) => compare(value(a), value(b)));
  return falls ? rising.toReversed() : rising;
}

function compare(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'en', { numeric: true });
}
