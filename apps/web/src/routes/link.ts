import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.ts';

/** Where an invitation or a reset leads: `/link#TOKEN`, so that the token reaches no server's log. */
export const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('../features/link/link-page.tsx'), 'LinkPage'),
});
