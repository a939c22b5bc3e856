import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestFilter, requestsQuery } from '../features/requests/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const changeRequestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/change-requests',
  validateSearch: requestFilter,
  loaderDeps: ({ search: { state, cursor } }) => ({ state, cursor }),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(requestsQuery(deps)),
  component: lazyRouteComponent(() => import('../features/requests/request-list-page.tsx'), 'RequestListPage'),
});
