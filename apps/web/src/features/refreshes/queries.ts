import {
  refreshItemPage,
  refreshRun,
  refreshRunList,
  runSorts,
  type RefreshItem,
  type RefreshRun,
} from '@cinch/api-contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';
import { customersKey } from '../../api/customers.ts';
import { systemsQuery } from '../../api/systems.ts';
import type { ItemFilter } from '../../components/runs/item-filter.ts';
import { isUnderWay } from '../../components/runs/under-way.ts';

export const runFilter = z.object({
  system: z.string().optional().catch(undefined),
  ...tableView,
});
export type RunFilter = z.infer<typeof runFilter>;

export const refreshesKey = ['refreshes'] as const;
const eachSecond = 1_000;
const nowAndThen = 10_000;

export const runList = ({ system, ...view }: RunFilter) =>
  listQuery({
    queryKey: [...refreshesKey, 'list', system],
    sorts: runSorts,
    view,
    page: async (asked, signal) => {
      const { runs, ...page } = await read('/refreshes', refreshRunList, { system, ...asked }, signal);
      return { rows: runs, ...page };
    },
    rowKey: ({ runId }: RefreshRun) => runId,
    refetchMs: (first) => (first?.rows.some(isUnderWay) ? eachSecond : nowAndThen),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...refreshesKey, 'one', id],
    queryFn: ({ signal }) => read(`/refreshes/${encodeURIComponent(id)}`, refreshRun, {}, signal),
    refetchInterval: ({ state }) => unlessLive(state.data && isUnderWay(state.data) ? eachSecond : nowAndThen),
  });

/** The key holds the run's phase: items gain their outcome as the run goes on, and a phase that is over does not change any more. */
export const itemList = (run: RefreshRun, { kind, code, outcome }: ItemFilter) =>
  listQuery({
    queryKey: [...itemsKey(run), kind, code, outcome],
    page: async (asked, signal) => {
      const { items, ...page } = await read(itemsOf(run), refreshItemPage, { kind, code, outcome, ...asked }, signal);
      return { rows: items, ...page };
    },
    rowKey: ({ seq }: RefreshItem) => seq,
    refetchMs: () => refetchItems(run),
  });

/** The first items of a kind. */
export const firstItemsQuery = (run: RefreshRun, kind: RefreshItem['kind'], limit: number) =>
  queryOptions({
    queryKey: [...itemsKey(run), 'first', kind, limit],
    queryFn: ({ signal }) => read(itemsOf(run), refreshItemPage, { kind, limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: () => {
      const ms = refetchItems(run);
      return ms !== false && unlessLive(ms);
    },
  });

const itemsOf = ({ runId }: RefreshRun) => `/refreshes/${runId}/items`;
const itemsKey = ({ runId, phase }: RefreshRun) => [...refreshesKey, 'items', runId, phase];
const refetchItems = (run: RefreshRun) => (isUnderWay(run) ? eachSecond : run.phase === 'standing' && nowAndThen);

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
