import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { safeReturnTo } from '../features/session/return-to.ts';
import { rootRoute } from './root.ts';

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: z.object({ returnTo: z.unknown().transform(safeReturnTo).default('/') }),
  component: lazyRouteComponent(() => import('../features/session/login-page.tsx'), 'LoginPage'),
});
