import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerQuery } from '../api/customers.ts';
import { historyQuery } from '../features/customers/queries.ts';
import { customerView } from '../features/customers/customer-view.ts';
import { decisionsQuery } from '../components/decisions/queries.ts';
import { signedInRoute } from './signed-in.tsx';

export const customerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/$id',
  validateSearch: customerView,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(customerQuery(params.id));
    void context.queryClient.prefetchQuery(historyQuery(params.id));
    void context.queryClient.prefetchQuery(decisionsQuery(params.id));
  },
  component: lazyRouteComponent(() => import('../features/customers/customer-page.tsx'), 'CustomerPage'),
});
