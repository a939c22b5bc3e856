import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { conflictFilter, conflictList } from '../features/conflicts/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const conflictsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/conflicts',
  validateSearch: conflictFilter,
  loaderDeps: ({ search: { state, attribute, sort } }) => ({ state, attribute, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(conflictList(deps).query),
  component: lazyRouteComponent(() => import('../features/conflicts/conflict-list-page.tsx'), 'ConflictListPage'),
});
