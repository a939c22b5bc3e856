import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pinFilter, pinList } from '../features/pins/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const pinsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/pins',
  validateSearch: pinFilter,
  loaderDeps: ({ search: { against, sort } }) => ({ against, sort }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(pinList(deps).query),
  component: lazyRouteComponent(() => import('../features/pins/pin-list-page.tsx'), 'PinListPage'),
});
