import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runFilter, runsQuery } from '../features/refreshes/queries.ts';
import { systemsQuery } from '../features/systems/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const refreshesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/refreshes',
  validateSearch: runFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(systemsQuery);
    void context.queryClient.prefetchQuery(runsQuery(deps));
  },
  component: lazyRouteComponent(() => import('../features/refreshes/refresh-list-page.tsx'), 'RefreshListPage'),
});
