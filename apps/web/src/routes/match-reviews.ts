import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { reviewFilter, reviewsQuery } from '../features/reviews/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const matchReviewsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/match-reviews',
  validateSearch: reviewFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(reviewsQuery(deps)),
  component: lazyRouteComponent(() => import('../features/reviews/review-list-page.tsx'), 'ReviewListPage'),
});
