import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { conflictList } from '../features/conflicts/queries.ts';
import { reviewList } from '../features/reviews/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const conflictDeckRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/conflicts/decide',
  loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(conflictList({ state: 'open' }).query),
  component: lazyRouteComponent(() => import('../features/conflicts/conflict-deck-page.tsx'), 'ConflictDeckPage'),
});

export const reviewDeckRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/match-reviews/decide',
  loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(reviewList.query),
  component: lazyRouteComponent(() => import('../features/reviews/review-deck-page.tsx'), 'ReviewDeckPage'),
});
