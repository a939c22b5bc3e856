import { keyMade, systemKeyList, type keyMake } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write } from '../../api/call.ts';

export const keysQuery = (system: string) =>
  queryOptions({
    queryKey: ['systems', system, 'keys'],
    queryFn: async ({ signal }) => (await read(`/systems/${system}/keys`, systemKeyList, {}, signal)).keys,
  });

export function useMakeKey(system: string) {
  return useKeyChange(system, (key: NonNullable<z.infer<typeof keyMake>>) =>
    write('POST', `/systems/${system}/keys`, key, keyMade),
  );
}

export function useRevokeKey(system: string) {
  return useKeyChange(system, (keyId: number) => write('POST', `/systems/${system}/keys/${keyId}/revoke`));
}

function useKeyChange<Wish, Answer>(system: string, mutationFn: (wish: Wish) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries(keysQuery(system)) });
}
