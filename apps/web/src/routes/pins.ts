import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pinFilter, pinsQuery } from '../features/pins/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const pinsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/pins',
  validateSearch: pinFilter,
  loaderDeps: ({ search: { against, cursor } }) => ({ against, cursor }),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(pinsQuery(deps)),
  component: lazyRouteComponent(() => import('../features/pins/pin-list-page.tsx'), 'PinListPage'),
});
