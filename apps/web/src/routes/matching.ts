import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { fieldsQuery, matchingView, modelQuery, pictureQuery } from '../features/matching/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const matchingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/matching',
  validateSearch: matchingView,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(modelQuery);
    void context.queryClient.prefetchQuery(fieldsQuery);
    void context.queryClient.prefetchQuery(pictureQuery);
  },
  component: lazyRouteComponent(() => import('../features/matching/matching-page.tsx'), 'MatchingPage'),
});
