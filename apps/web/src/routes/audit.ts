import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditFilter, auditQuery } from '../features/audit/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: auditFilter,
  loaderDeps: ({ search: { actor, search, cursor } }) => ({ actor, search, cursor }),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(auditQuery(deps)),
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});
