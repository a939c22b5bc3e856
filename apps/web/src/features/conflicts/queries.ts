import { conflict, conflictPage, conflictSorts, type Conflict, type Resolution } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

/** The list's state in the URL. What cannot be read falls back to the open conflicts rather than to an error page. */
export const conflictFilter = z.object({
  state: z.enum(['open', 'closed']).default('open').catch('open'),
  attribute: z.string().optional().catch(undefined),
  ...tableView,
});
export type ConflictFilter = z.infer<typeof conflictFilter>;

export const conflictsKey = ['conflicts'] as const;

export const conflictList = ({ state, attribute, ...view }: ConflictFilter) =>
  listQuery({
    queryKey: [...conflictsKey, 'list', state, attribute],
    sorts: conflictSorts,
    view,
    page: async (asked, signal) => {
      const { conflicts, ...page } = await read('/conflicts', conflictPage, { state, attribute, ...asked }, signal);
      return { rows: conflicts, ...page };
    },
    rowKey: ({ conflictId }: Conflict) => conflictId,
    refetchMs: 10_000,
  });

export const conflictQuery = (id: string) =>
  queryOptions({
    queryKey: [...conflictsKey, 'one', id],
    queryFn: ({ signal }) => read(`/conflicts/${encodeURIComponent(id)}`, conflict, {}, signal),
  });

export function useChoose({ conflictId }: Conflict) {
  return useDecision((choice: Resolution) => write('POST', `/conflicts/${conflictId}/resolution`, choice));
}

export function useUndo() {
  return useDecision((decisionId: number) => write('POST', `/decisions/${decisionId}/undo`));
}

/** Also after a refusal everything is read anew: the likeliest cause is that the conflict has changed. The new state is waited for. */
function useDecision<T>(mutationFn: (input: T) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries(),
  });
}
