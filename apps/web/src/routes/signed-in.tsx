import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { isNotLoggedIn } from '../api/problem-error.ts';
import { ConsoleFrame } from '../components/console-frame.tsx';
import { ConsoleErrorView } from '../components/route-views.tsx';
import { OpenConflictCount } from '../features/conflicts/open-conflict-count.tsx';
import { OpenRequestCount } from '../features/requests/open-request-count.tsx';
import { Account } from '../features/session/account.tsx';
import { sessionQuery } from '../features/session/queries.ts';
import { rootRoute } from './root.ts';

/** Everything behind the log-in: whoever is not logged in is sent there, and back to the URL asked for. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isNotLoggedIn(error)) throw redirect({ to: '/login', search: { returnTo: location.href } });
      throw error;
    }
  },
  errorComponent: ConsoleErrorView,
  component: () => (
    <ConsoleFrame conflictCount={<OpenConflictCount />} requestCount={<OpenRequestCount />} account={<Account />}>
      <Outlet />
    </ConsoleFrame>
  ),
});
