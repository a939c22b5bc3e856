import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { causeFilter, causeList, entryFilter, entryList, replaysQuery } from '../features/errors/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const errorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/errors',
  validateSearch: causeFilter,
  loaderDeps: ({ search: { system, kind, sort } }) => ({ system, kind, sort }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(causeList(deps).query);
    void context.queryClient.prefetchQuery(replaysQuery);
  },
  component: lazyRouteComponent(() => import('../features/errors/cause-list-page.tsx'), 'CauseListPage'),
});

export const errorEntriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/errors/entries',
  validateSearch: entryFilter,
  loaderDeps: ({ search: { system, cause, state, sort } }) => ({ system, cause, state, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(entryList(deps).query),
  component: lazyRouteComponent(() => import('../features/errors/entry-list-page.tsx'), 'EntryListPage'),
});

/** Not read before it is opened: whoever reads a line as it was accepted leaves a trace. */
export const errorEntryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/errors/entries/$id',
  component: lazyRouteComponent(() => import('../features/errors/entry-page.tsx'), 'EntryPage'),
});
