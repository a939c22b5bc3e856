import { refreshItemPage, refreshRun, refreshRunList, type RefreshItem, type RefreshRun } from '@cinch/api-contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { tableView } from '../../components/table/table-view.ts';
import { customersKey } from '../customers/queries.ts';
import { systemsQuery } from '../systems/queries.ts';
import { isUnderWay } from './run-progress.ts';

export const itemKinds = [
  'create',
  'change',
  'missing',
  'surplus',
  'withheld',
  'inexpressible',
  'parked',
] as const satisfies RefreshItem['kind'][];

export const runFilter = z.object({
  system: z.string().optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
  ...tableView,
});
export type RunFilter = z.infer<typeof runFilter>;

export const itemFilter = z.object({
  kind: z.enum(itemKinds).optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
  ...tableView,
});
export type ItemFilter = z.infer<typeof itemFilter>;

export const refreshesKey = ['refreshes'] as const;
const eachSecond = 1_000;
const nowAndThen = 10_000;

export const runsQuery = ({ system, cursor, limit }: RunFilter & { limit?: number }) =>
  queryOptions({
    queryKey: [...refreshesKey, 'list', system, cursor, limit],
    queryFn: ({ signal }) => read('/refreshes', refreshRunList, { system, cursor, limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => unlessLive(state.data?.runs.some(isUnderWay) ? eachSecond : nowAndThen),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...refreshesKey, 'one', id],
    queryFn: ({ signal }) => read(`/refreshes/${encodeURIComponent(id)}`, refreshRun, {}, signal),
    refetchInterval: ({ state }) => unlessLive(state.data && isUnderWay(state.data) ? eachSecond : nowAndThen),
  });

/** The key holds the run's phase: items gain their outcome as the run goes on, and a phase that is over does not change any more. */
export const itemsQuery = (run: RefreshRun, { kind, cursor, limit }: ItemFilter & { limit?: number }) =>
  queryOptions({
    queryKey: [...refreshesKey, 'items', run.runId, run.phase, kind, cursor, limit],
    queryFn: ({ signal }) => read(`/refreshes/${run.runId}/items`, refreshItemPage, { kind, cursor, limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: () =>
      isUnderWay(run) ? unlessLive(eachSecond) : run.phase === 'standing' && unlessLive(nowAndThen),
  });

export function useStartRefresh() {
  return useRefreshAct((start: { system: string; mode: 'plan' | 'full' }) =>
    write('POST', '/refreshes', start, refreshRun.pick({ runId: true })),
  );
}

export function useApplyPlan({ runId }: RefreshRun) {
  return useRefreshAct((seen: { planHash: string; count?: number }) =>
    write('POST', `/refreshes/${runId}/apply`, seen),
  );
}

export function useCancelRun({ runId }: RefreshRun) {
  return useRefreshAct(() => write('POST', `/refreshes/${runId}/cancel`));
}

function useRefreshAct<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all(
        [refreshesKey, customersKey, systemsQuery.queryKey].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
