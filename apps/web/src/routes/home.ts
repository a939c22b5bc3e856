import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { overviewQuery, overviewView, reviewCountQuery } from '../features/overview/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: overviewView,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(overviewQuery);
    void context.queryClient.prefetchQuery(reviewCountQuery);
  },
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});
