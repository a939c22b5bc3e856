import { ownSessionList, type passwordChange } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write } from '../../api/call.ts';

export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: async ({ signal }) => (await read('/account/sessions', ownSessionList, {}, signal)).sessions,
});

/** One session, or all but this one. */
export function useEndSessions() {
  return useAccountChange((which: string | 'others') =>
    write('DELETE', which === 'others' ? '/account/sessions' : `/account/sessions/${which}`),
  );
}

export function useSetPassword() {
  return useAccountChange((change: z.infer<typeof passwordChange>) => write('PUT', '/account/password', change));
}

function useAccountChange<Wish>(mutationFn: (wish: Wish) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries(ownSessionsQuery) });
}
