import { infiniteQueryOptions, keepPreviousData, type QueryKey } from '@tanstack/react-query';
import { unlessLive } from '../../api/live.ts';
import { firstLimit, furtherLimit, type ListPage, type ReadPage } from './pages.ts';

interface Asked<Row, Page extends ListPage<Row>> {
  queryKey: QueryKey;
  page: ReadPage<Page>;
  rowKey: (row: Row) => string | number;
  /** Milliseconds between two looks while nothing tells of changes, and no more than the first page has been read: many cost many calls. */
  refetchMs?: number | ((first: Page | undefined) => number | false);
}

/** A list that the hub gives out page by page, each page from the cursor of the one before. */
export function listQuery<Row, Page extends ListPage<Row>>({ queryKey, page, rowKey, refetchMs }: Asked<Row, Page>) {
  const pagesKey: QueryKey = [...queryKey, 'pages'];
  return {
    page,
    rowKey,
    query: infiniteQueryOptions({
      queryKey: pagesKey,
      queryFn: ({ pageParam: cursor, signal }) =>
        page({ cursor, limit: cursor === undefined ? firstLimit : furtherLimit }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) => {
        if (refetchMs === undefined || (data && data.pages.length > 1)) return false;
        const ms = typeof refetchMs === 'number' ? refetchMs : refetchMs(data?.pages[0]);
        return ms !== false && unlessLive(ms);
      },
    }),
  };
}
