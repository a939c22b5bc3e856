import { changeRequestPage, requestStates, type ChangeRequest } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { useAct, type Sent } from '../decisions/queries.ts';

/** The list's state in the URL, and the request that is being answered. */
export const requestFilter = z.object({
  state: z.enum(requestStates).default('open').catch('open'),
  cursor: z.string().optional().catch(undefined),
  answer: z.int().optional().catch(undefined),
});
export type RequestFilter = z.infer<typeof requestFilter>;

export const requestsKey = ['change-requests'] as const;
const nowAndThen = 10_000;

export const requestsQuery = ({ state, cursor }: Omit<RequestFilter, 'answer'>) =>
  queryOptions({
    queryKey: [...requestsKey, 'list', state, cursor],
    queryFn: ({ signal }) => read('/change-requests', changeRequestPage, { state, cursor }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: () => unlessLive(nowAndThen),
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
