import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pairAct, pairQuery } from '../features/reviews/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const matchReviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/match-reviews/$one/$other',
  validateSearch: pairAct,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(pairQuery(params.one, params.other)),
  component: lazyRouteComponent(() => import('../features/reviews/review-page.tsx'), 'ReviewPage'),
});
