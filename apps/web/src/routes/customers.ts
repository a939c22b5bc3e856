import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerFilter, customersQuery } from '../features/customers/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const customersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers',
  validateSearch: customerFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(customersQuery(deps)),
  component: lazyRouteComponent(() => import('../features/customers/customer-list-page.tsx'), 'CustomerListPage'),
});
