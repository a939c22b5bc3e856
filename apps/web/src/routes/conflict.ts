import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { conflictQuery } from '../features/conflicts/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const conflictRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/conflicts/$id',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(conflictQuery(params.id)),
  component: lazyRouteComponent(() => import('../features/conflicts/conflict-page.tsx'), 'ConflictPage'),
});
