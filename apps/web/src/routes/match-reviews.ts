import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { reviewFilter, reviewList } from '../features/reviews/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const matchReviewsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/match-reviews',
  validateSearch: reviewFilter,
  loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(reviewList.query),
  component: lazyRouteComponent(() => import('../features/reviews/review-list-page.tsx'), 'ReviewListPage'),
});
