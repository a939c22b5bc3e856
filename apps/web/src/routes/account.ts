import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { ownSessionsQuery } from '../features/account/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  loader: ({ context }) => void context.queryClient.prefetchQuery(ownSessionsQuery),
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
});
