import { useSuspenseQuery } from '@tanstack/react-query';
import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { isNotLoggedIn } from '../api/problem-error.ts';
import { ConnectionBanner } from '../components/connection-banner.tsx';
import { ConsoleFrame } from '../components/console-frame.tsx';
import { seenBy } from '../components/navigation.tsx';
import { ConsoleErrorView } from '../components/route-views.tsx';
import { CommandBar } from './commands/command-bar.tsx';
import { Live } from './live/live.tsx';
import { TroublesBanner } from './live/troubles-banner.tsx';
import { Account } from '../features/session/account.tsx';
import { sessionQuery } from '../api/session.ts';
import { navigation } from './navigation.ts';
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
  component: SignedIn,
});

function SignedIn() {
  const { may } = useSuspenseQuery(sessionQuery).data;
  const groups = seenBy(may, navigation);
  return (
    <ConsoleFrame
      navigation={groups}
      search={<CommandBar groups={groups} />}
      account={<Account />}
      banner={
        <>
          <Live />
          <ConnectionBanner />
          <TroublesBanner />
        </>
      }
    >
      <Outlet />
    </ConsoleFrame>
  );
}
