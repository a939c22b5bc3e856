import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { systemListView, systemView } from '../features/systems/queries.ts';
import { systemsQuery } from '../api/systems.ts';
import { signedInRoute } from './signed-in.tsx';

export const systemsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/systems',
  validateSearch: systemListView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(systemsQuery),
  component: lazyRouteComponent(() => import('../features/systems/system-list-page.tsx'), 'SystemListPage'),
});

export const systemRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/systems/$code',
  validateSearch: systemView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(systemsQuery),
  component: lazyRouteComponent(() => import('../features/systems/system-page.tsx'), 'SystemPage'),
});
