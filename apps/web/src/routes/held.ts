import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { holdFilter, holdList } from '../features/holds/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const heldRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/held',
  validateSearch: holdFilter,
  loaderDeps: ({ search: { state, sort } }) => ({ state, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(holdList(deps).query),
  component: lazyRouteComponent(() => import('../features/holds/hold-list-page.tsx'), 'HoldListPage'),
});
