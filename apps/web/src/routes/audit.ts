import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditFilter, auditList } from '../features/audit/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: auditFilter,
  loaderDeps: ({ search: { actor, search, sort } }) => ({ actor, search, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(auditList(deps).query),
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});
