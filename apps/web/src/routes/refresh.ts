import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { itemFilter } from '../components/runs/item-filter.ts';
import { runQuery } from '../features/refreshes/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const refreshRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/refreshes/$id',
  validateSearch: itemFilter,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(runQuery(params.id)),
  component: lazyRouteComponent(() => import('../features/refreshes/refresh-page.tsx'), 'RefreshPage'),
});
