import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rulesQuery, rulesView } from '../features/rules/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const rulesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/rules',
  validateSearch: rulesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(rulesQuery),
  component: lazyRouteComponent(() => import('../features/rules/rules-page.tsx'), 'RulesPage'),
});
