import type { LiveChange, LiveTopic } from '@cinch/api-contract';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { ownSessionsQuery } from '../../features/account/queries.ts';
import { auditKey } from '../../features/audit/queries.ts';
import { conflictsKey } from '../../features/conflicts/queries.ts';
import { customersKey } from '../../api/customers.ts';
import { errorsKey } from '../../features/errors/queries.ts';
import { holdsKey } from '../../features/holds/queries.ts';
import { modelQuery } from '../../features/matching/queries.ts';
import { overviewQuery, reviewCountQuery } from '../../features/overview/queries.ts';
import { pinsKey } from '../../features/pins/queries.ts';
import { recordsKey } from '../../features/records/queries.ts';
import { refreshesKey } from '../../features/refreshes/queries.ts';
import { requestsKey } from '../../features/requests/queries.ts';
import { reviewsKey } from '../../features/reviews/queries.ts';
import { rulesQuery } from '../../features/rules/queries.ts';
import { statusQuery, systemsQuery } from '../../api/systems.ts';
import { usersQuery } from '../../features/users/queries.ts';
import { keepingUp } from './keeping-up.ts';

/** What is on screen of a topic; a key stands for all that begin with it. */
const keysOf: Record<LiveTopic, readonly QueryKey[]> = {
  refreshes: [refreshesKey],
  // A conflict that stays open may have other candidates.
  customers: [customersKey, recordsKey, pinsKey, [...conflictsKey, 'one']],
  conflicts: [conflictsKey],
  'match-reviews': [reviewsKey],
  'change-requests': [requestsKey],
  holds: [holdsKey],
  errors: [errorsKey],
  systems: [systemsQuery.queryKey],
  rules: [rulesQuery.queryKey, modelQuery.queryKey],
  waiting: [],
  troubles: [statusQuery.queryKey],
  audit: [auditKey, usersQuery.queryKey, ownSessionsQuery.queryKey],
};

/** Counts over the whole hub change with everything, and cost the hub more than most on screen. */
const counted = [statusQuery.queryKey, overviewQuery.queryKey] satisfies QueryKey[];

/** Milliseconds between two looks at one topic; what costs the hub more is looked at less often while it keeps changing. */
const restMs = 1_000;
const restOfDearMs = 5_000;
const restOfDearestMs = 60_000;

/** What is on screen is read anew by the topics that changed. */
export function readAnewBy(queryClient: QueryClient): (change: Pick<LiveChange, 'topics'>) => void {
  const readAnew = (keys: readonly QueryKey[], ms: number, exact = false) =>
    keepingUp(ms, () => Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey, exact }))));
  const byTopic = new Map(
    (Object.keys(keysOf) as LiveTopic[]).map(
      (topic) => [topic, readAnew(keysOf[topic], topic === 'match-reviews' ? restOfDearMs : restMs)] as const,
    ),
  );
  const count = readAnew(counted, restOfDearMs, true);
  const countReviews = readAnew([reviewCountQuery.queryKey], restOfDearestMs);
  return ({ topics }) => {
    for (const topic of topics) byTopic.get(topic)?.();
    if (topics.some((topic) => topic !== 'audit' && topic !== 'troubles')) count();
    if (topics.includes('match-reviews')) countReviews();
  };
}
