import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in.tsx';

export const misalignmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/misalignment',
  component: lazyRouteComponent(() => import('../features/misalignment/misalignment-page.tsx'), 'MisalignmentPage'),
});
