import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerFilter, customerList } from '../features/customers/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const customersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers',
  validateSearch: customerFilter,
  loaderDeps: ({ search: { search } }) => ({ search }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(customerList(deps).query),
  component: lazyRouteComponent(() => import('../features/customers/customer-list-page.tsx'), 'CustomerListPage'),
});
