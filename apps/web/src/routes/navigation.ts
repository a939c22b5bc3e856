import {
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconArrowsDiff,
  IconBug,
  IconFileSearch,
  IconFileText,
  IconFlask,
  IconGauge,
  IconGitPullRequest,
  IconHandStop,
  IconHistory,
  IconListCheck,
  IconPin,
  IconRefresh,
  IconScale,
  IconServer2,
  IconStack,
  IconUserCircle,
  IconUserCog,
  IconUsers,
} from '../components/icons.tsx';
import type { NavigationGroup } from '../components/navigation.tsx';
import { OpenConflictCount } from '../features/conflicts/open-conflict-count.tsx';
import { OpenHoldCount } from '../features/holds/open-hold-count.tsx';
import { OpenRequestCount } from '../features/requests/open-request-count.tsx';

/** Every screen that can be opened from anywhere, in the order of the day. A new one is a line here; each has a letter of its own. */
export const navigation: readonly NavigationGroup[] = [
  {
    title: 'Daily work',
    entries: [
      { to: '/', label: 'Overview', Icon: IconGauge, letter: 'o' },
      { to: '/conflicts', label: 'Conflicts', Icon: IconAlertTriangle, letter: 'c', Count: OpenConflictCount },
      { to: '/match-reviews', label: 'Match reviews', Icon: IconScale, letter: 'm' },
      {
        to: '/change-requests',
        label: 'Change requests',
        Icon: IconGitPullRequest,
        letter: 'q',
        Count: OpenRequestCount,
      },
      { to: '/held', label: 'Held', Icon: IconHandStop, letter: 'd', Count: OpenHoldCount },
      { to: '/pins', label: 'Pins', Icon: IconPin, letter: 'i' },
      { to: '/customers', label: 'Customers', Icon: IconUsers, letter: 'k' },
      { to: '/records', label: 'Source records', Icon: IconFileSearch, letter: 'f' },
    ],
  },
  {
    title: 'Systems',
    entries: [
      { to: '/systems', label: 'Systems', Icon: IconServer2, letter: 's' },
      { to: '/canonical-model', label: 'Canonical model', Icon: IconFileText, letter: 'n' },
      { to: '/rules', label: 'Rules', Icon: IconListCheck, letter: 'l' },
      { to: '/matching', label: 'Match model', Icon: IconAdjustmentsHorizontal, letter: 'h' },
      { to: '/change-sets', label: 'Change sets', Icon: IconStack, letter: 'p' },
      { to: '/refreshes', label: 'Refreshes', Icon: IconRefresh, letter: 'r' },
      {
        to: '/lab',
        label: 'Lab',
        Icon: IconFlask,
        letter: 'b',
        needs: 'GET /api/v1/systems/:system/mapping/versions',
      },
      { to: '/misalignment', label: 'Misalignment', Icon: IconArrowsDiff, letter: 't' },
      { to: '/errors', label: 'Errors', Icon: IconBug, letter: 'e', needs: 'GET /api/v1/errors' },
    ],
  },
  {
    title: 'People',
    entries: [
      { to: '/users', label: 'Users', Icon: IconUserCog, letter: 'u', needs: 'GET /api/v1/users' },
      { to: '/audit', label: 'Audit log', Icon: IconHistory, letter: 'a', needs: 'GET /api/v1/audit' },
      { to: '/account', label: 'Your account', Icon: IconUserCircle, letter: 'y' },
    ],
  },
];
