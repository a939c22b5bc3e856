import { session, type login } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write } from './call.ts';
import { forgetDrafts } from './drafts.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => read('/session', session, {}, signal),
  staleTime: 60_000,
});

export function useLogIn() {
  return useMutation({ mutationFn: (account: z.infer<typeof login>) => write('POST', '/session', account) });
}

export function useLogOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => write('DELETE', '/session'),
    // The next person at this screen must not see what this one was shown, or has written.
    onSuccess: () => {
      queryClient.clear();
      forgetDrafts();
    },
  });
}
