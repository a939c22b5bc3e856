import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { Loading } from '../components/loaded.tsx';
import { NotFoundView, RouteErrorView } from '../components/route-views.tsx';
import { accountRoute } from './account.ts';
import { auditRoute } from './audit.ts';
import { canonicalModelRoute } from './canonical-model.ts';
import { changeRequestsRoute } from './change-requests.ts';
import { changeSetsRoute } from './change-sets.ts';
import { conflictRoute } from './conflict.ts';
import { conflictsRoute } from './conflicts.ts';
import { customerRoute } from './customer.ts';
import { customersRoute } from './customers.ts';
import { conflictDeckRoute, reviewDeckRoute } from './decks.ts';
import { errorEntriesRoute, errorEntryRoute, errorsRoute } from './errors.ts';
import { heldRoute } from './held.ts';
import { homeRoute } from './home.ts';
import { labRoute } from './lab.ts';
import { linkRoute } from './link.ts';
import { loginRoute } from './login.ts';
import { matchReviewRoute } from './match-review.ts';
import { matchReviewsRoute } from './match-reviews.ts';
import { misalignmentRoute } from './misalignment.ts';
import { pinsRoute } from './pins.ts';
import { recordsRoute } from './records.ts';
import { refreshRoute } from './refresh.ts';
import { refreshesRoute } from './refreshes.ts';
import { rootRoute } from './root.ts';
import { matchingRoute } from './matching.ts';
import { rulesRoute } from './rules.ts';
import { signedInRoute } from './signed-in.tsx';
import { systemRoute, systemsRoute } from './systems.ts';
import { unlogged } from './unlogged.ts';
import { usersRoute } from './users.ts';

const routeTree = rootRoute.addChildren([
  loginRoute,
  linkRoute,
  signedInRoute.addChildren([
    homeRoute,
    conflictsRoute,
    conflictDeckRoute,
    conflictRoute,
    matchReviewsRoute,
    reviewDeckRoute,
    matchReviewRoute,
    changeRequestsRoute,
    heldRoute,
    pinsRoute,
    customersRoute,
    customerRoute,
    recordsRoute,
    refreshesRoute,
    refreshRoute,
    labRoute,
    misalignmentRoute,
    canonicalModelRoute,
    rulesRoute,
    matchingRoute,
    changeSetsRoute,
    systemsRoute,
    systemRoute,
    errorsRoute,
    errorEntriesRoute,
    errorEntryRoute,
    usersRoute,
    auditRoute,
    accountRoute,
  ]),
]);

export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    rewrite: unlogged,
    defaultPreload: 'intent',
    // The query cache decides what is fresh; the router asks it each time.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: RouteErrorView,
    defaultNotFoundComponent: NotFoundView,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
