import { infiniteQueryOptions, keepPreviousData, type QueryKey } from '@tanstack/react-query';
import { unlessLive } from '../../api/live.ts';
import { firstLimit, furtherLimit, type AskedPage, type ListPage, type ReadPage } from './pages.ts';
import { sortFor, type TableView } from './table-view.ts';

interface Asked<Row, Page extends ListPage<Row>> {
  queryKey: QueryKey;
  page: (asked: AskedPage & { sort: string | undefined }, signal: AbortSignal) => Promise<Page>;
  rowKey: (row: Row) => string | number;
  /** By what the hub sorts the list, its own order first. */
  sorts?: readonly string[];
  view?: TableView;
  /** Milliseconds between two looks while nothing tells of changes, and no more than the first page has been read: many cost many calls. */
  refetchMs?: number | ((first: Page | undefined) => number | false);
}

/** A list that the hub gives out page by page, each page from the cursor of the one before. */
export function listQuery<Row, Page extends ListPage<Row>>(asked: Asked<Row, Page>) {
  const { rowKey, sorts = [], view = {}, refetchMs } = asked;
  const sort = sortFor(sorts, view);
  const queryKey: QueryKey = [...asked.queryKey, 'pages', sort];
  const page: ReadPage<Page> = (wanted, signal) => asked.page({ ...wanted, sort }, signal);
  return {
    page,
    rowKey,
    order: sorts[0],
    query: infiniteQueryOptions({
      queryKey,
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
