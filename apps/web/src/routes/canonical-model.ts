import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { canonicalModelQuery, shapesQuery } from '../api/canonical-model.ts';
import { modelView } from '../features/canonical-model/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const canonicalModelRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/canonical-model',
  validateSearch: modelView,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(canonicalModelQuery);
    void context.queryClient.prefetchQuery(shapesQuery);
  },
  component: lazyRouteComponent(
    () => import('../features/canonical-model/canonical-model-page.tsx'),
    'CanonicalModelPage',
  ),
});
