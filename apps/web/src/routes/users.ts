import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { userAct, usersQuery } from '../features/users/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const usersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users',
  validateSearch: userAct,
  loader: ({ context }) => void context.queryClient.prefetchQuery(usersQuery),
  component: lazyRouteComponent(() => import('../features/users/user-list-page.tsx'), 'UserListPage'),
});
