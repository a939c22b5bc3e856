import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { conflictFilter, conflictsQuery } from '../features/conflicts/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const conflictsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/conflicts',
  validateSearch: conflictFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(conflictsQuery(deps)),
  component: lazyRouteComponent(() => import('../features/conflicts/conflict-list-page.tsx'), 'ConflictListPage'),
});
