import { changeRequestPage, requestSorts, requestStates, type ChangeRequest } from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { unlessLive } from '../../api/live.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';
import type { Sent } from '../../components/decisions/queries.ts';

/** The list's state in the URL, and the request that is being answered. */
export const requestFilter = z.object({
  state: z.enum(requestStates).default('open').catch('open'),
  answer: z.int().optional().catch(undefined),
  ...tableView,
});
export type RequestFilter = z.infer<typeof requestFilter>;

export const requestsKey = ['change-requests'] as const;
const nowAndThen = 10_000;

export const requestList = ({ state, ...view }: Omit<RequestFilter, 'answer'>) =>
  listQuery({
    queryKey: [...requestsKey, 'list', state],
    sorts: requestSorts,
    view,
    page: async (asked, signal) => {
      const { requests, ...page } = await read('/change-requests', changeRequestPage, { state, ...asked }, signal);
      return { rows: requests, ...page };
    },
    rowKey: ({ requestId }: ChangeRequest) => requestId,
    refetchMs: nowAndThen,
  });

/** How many wait for an answer, for the navigation. */
export const openRequestsQuery = queryOptions({
  queryKey: [...requestsKey, 'open'],
  queryFn: async ({ signal }) => (await read('/change-requests', changeRequestPage, { limit: 1 }, signal)).open,
  refetchInterval: () => unlessLive(nowAndThen),
});

export function useAnswer({ requestId }: ChangeRequest) {
  return useAct((answer: Sent & { accepted: boolean; target?: string }) =>
    write('POST', `/change-requests/${requestId}/answer`, answer),
  );
}
