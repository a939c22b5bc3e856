import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestFilter, requestList } from '../features/requests/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const changeRequestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/change-requests',
  validateSearch: requestFilter,
  loaderDeps: ({ search: { state, sort } }) => ({ state, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(requestList(deps).query),
  component: lazyRouteComponent(() => import('../features/requests/request-list-page.tsx'), 'RequestListPage'),
});
