import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { changeSetsQuery } from '../features/change-sets/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const changeSetsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/change-sets',
  loader: ({ context }) => void context.queryClient.prefetchQuery(changeSetsQuery),
  component: lazyRouteComponent(() => import('../features/change-sets/change-sets-page.tsx'), 'ChangeSetsPage'),
});
