import { decisionMade, takeBackPage, takeBackPreview, type TakeBack, type TakeBackPortion } from '@cinch/api-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';

const pathOf = (code: string) => `/systems/${encodeURIComponent(code)}/take-backs`;

export const takeBackList = (code: string) =>
  listQuery({
    queryKey: ['systems', code, 'take-backs'],
    page: async (asked, signal) => {
      const { takeBacks, ...page } = await read(pathOf(code), takeBackPage, { ...asked }, signal);
      return { rows: takeBacks, ...page };
    },
    rowKey: ({ decisionId }: TakeBack) => decisionId,
  });

export function usePreviewTakeBack(code: string) {
  return useMutation({
    mutationFn: (what: TakeBackPortion) => write('POST', `${pathOf(code)}/preview`, { what }, takeBackPreview),
  });
}

export function useTakeBack(code: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (made: { what: TakeBackPortion; entries: number; reason: string }) =>
      write('POST', pathOf(code), made, decisionMade),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

export function useBringIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (decisionId: number) => write('POST', `/take-backs/${decisionId}/undo`),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
