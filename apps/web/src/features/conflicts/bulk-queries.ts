import {
  bulkDecisionPage,
  bulkMade,
  samePreview,
  type BulkDecision,
  type Conflict,
  type SameQuestion,
  type SameResolution,
} from '@cinch/api-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';

export const bulkList = listQuery({
  queryKey: ['bulk-decisions'],
  page: async (asked, signal) => {
    const { bulkDecisions, ...page } = await read('/bulk-decisions', bulkDecisionPage, { ...asked }, signal);
    return { rows: bulkDecisions, ...page };
  },
  rowKey: ({ bulkId }: BulkDecision) => bulkId,
  refetchMs: 10_000,
});

export function useSamePreview({ conflictId }: Conflict) {
  return useMutation({
    mutationFn: (asked: SameQuestion) => write('POST', `/conflicts/${conflictId}/same/preview`, asked, samePreview),
  });
}

export function useAnswerSame({ conflictId }: Conflict) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (said: SameResolution) => write('POST', `/conflicts/${conflictId}/same`, said, bulkMade),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

export function useUndoBulk() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (bulkId: number) => write('POST', `/bulk-decisions/${bulkId}/undo`),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
