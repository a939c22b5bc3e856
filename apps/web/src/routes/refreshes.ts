import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runFilter, runList } from '../features/refreshes/queries.ts';
import { systemsQuery } from '../api/systems.ts';
import { signedInRoute } from './signed-in.tsx';

export const refreshesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/refreshes',
  validateSearch: runFilter,
  loaderDeps: ({ search: { system, sort } }) => ({ system, sort }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(systemsQuery);
    void context.queryClient.prefetchInfiniteQuery(runList(deps).query);
  },
  component: lazyRouteComponent(() => import('../features/refreshes/refresh-list-page.tsx'), 'RefreshListPage'),
});
