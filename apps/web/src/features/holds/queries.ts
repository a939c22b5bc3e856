import { holdPage, holdPreview, holdSorts, holdStates, type Hold, type HoldAnswer } from '@cinch/api-contract';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { useAct } from '../../api/use-act.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

/** The list's state in the URL, and the question that is being answered. */
export const holdFilter = z.object({
  state: z.enum(holdStates).default('open').catch('open'),
  answer: z.int().optional().catch(undefined),
  ...tableView,
});
export type HoldFilter = z.infer<typeof holdFilter>;

export const holdsKey = ['holds'] as const;
const nowAndThen = 10_000;

export const holdList = ({ state, ...view }: Omit<HoldFilter, 'answer'>) =>
  listQuery({
    queryKey: [...holdsKey, 'list', state],
    sorts: holdSorts,
    view,
    page: async (asked, signal) => {
      const { holds, ...page } = await read('/holds', holdPage, { state, ...asked }, signal);
      return { rows: holds, ...page };
    },
    rowKey: ({ holdId }: Hold) => holdId,
    refetchMs: nowAndThen,
  });

/** How many wait for an answer, for the navigation. */
export const openHoldsQuery = queryOptions({
  queryKey: [...holdsKey, 'open'],
  queryFn: async ({ signal }) => (await read('/holds', holdPage, { limit: 1 }, signal)).open,
  refetchInterval: () => unlessLive(nowAndThen),
});

/** What each answer would do; nothing is answered. */
export function useHoldPreview({ holdId }: Hold) {
  return useMutation({ mutationFn: () => write('POST', `/holds/${holdId}/preview`, undefined, holdPreview) });
}

export function useHoldAnswer({ holdId }: Hold) {
  return useAct((answer: HoldAnswer) => write('POST', `/holds/${holdId}/answer`, answer));
}
