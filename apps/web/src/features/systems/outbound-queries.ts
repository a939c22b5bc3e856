import { outbound, type Outbound } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';

export const outboundQuery = queryOptions({
  queryKey: ['outbound'],
  queryFn: ({ signal }) => read('/outbound', outbound, {}, signal),
  refetchInterval: 10_000,
});

export function useSetAllOutbound() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (to: Pick<Outbound, 'outbound' | 'reason'>) => write('PUT', '/outbound', to, outbound),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
