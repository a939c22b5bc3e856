import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in.tsx';

export const labRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/lab',
  component: lazyRouteComponent(() => import('../features/lab/lab-page.tsx'), 'LabPage'),
});
