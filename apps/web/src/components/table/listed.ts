import { hashKey, useInfiniteQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AnyQuery } from '../loaded.tsx';
import type { listQuery } from './list-query.ts';
import { allRows, goesOnByItself, rowsOfPages, type ListPage } from './pages.ts';

/** More than these are no table to read; the API gives them out page by page. */
const exportedAtMost = 100_000;

/** What a table needs to know of the list that it shows. */
export interface Listed<Row> {
  /** Names the list with its filters. */
  id: string;
  query: AnyQuery<unknown>;
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** In which it is listed without being asked, as the URL would name it. */
  order: string | undefined;
  /** The rows are those of the filter before, until the new ones are here. */
  isStale: boolean;
  /** Null when every row is here. */
  more: { isLoading: boolean; goesOnByItself: boolean; load: () => void } | null;
  /** Every row came at once: then the table itself sorts them by any column. */
  isWhole: boolean;
  all: () => Promise<{ rows: readonly Row[]; isCut: boolean }>;
}

type PagedList<Row, Page extends ListPage<Row>> = ReturnType<typeof listQuery<Row, Page>>;

/** `first`: the first page, with what it says of the whole list. */
export function usePagedList<Row, Page extends ListPage<Row>>({
  query: options,
  page,
  rowKey,
  order,
}: PagedList<Row, Page>): Listed<Row> & { first: Page | undefined } {
  const query = useInfiniteQuery(options);
  const pages = query.data?.pages;
  const rows = useMemo(() => rowsOfPages<Row>(pages ?? [], rowKey), [pages, rowKey]);
  const more = {
    isLoading: query.isFetchingNextPage,
    goesOnByItself: !query.isError && goesOnByItself(pages ?? []),
    load: () => void query.fetchNextPage({ cancelRefetch: false }),
  };
  return {
    id: hashKey(options.queryKey),
    query,
    first: pages?.[0],
    rows,
    rowKey,
    order,
    isStale: query.isPlaceholderData,
    more: query.hasNextPage ? more : null,
    isWhole: pages?.length === 1 && !query.hasNextPage,
    all: () => allRows(page, exportedAtMost),
  };
}

/** A list that the hub gives out at once. */
export function useWholeList<Row>(
  query: UseQueryResult<readonly Row[]>,
  rowKey: (row: Row) => string | number,
): Listed<Row> {
  const rows = query.data ?? [];
  return {
    id: 'whole',
    query,
    rows,
    rowKey,
    order: undefined,
    isStale: query.isPlaceholderData,
    more: null,
    isWhole: true,
    all: () => Promise.resolve({ rows, isCut: false }),
  };
}
