import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { recordFilter } from '../features/records/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const recordsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/records',
  validateSearch: recordFilter,
  component: lazyRouteComponent(() => import('../features/records/record-page.tsx'), 'RecordPage'),
});
