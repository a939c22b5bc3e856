import { linkFound, type linkUse } from '@cinch/api-contract';
import { queryOptions, useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { write } from '../../api/call.ts';

/** Asked by POST: the token must not stand in an address. */
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: () => write('POST', '/links/look', { token }, linkFound),
    enabled: token !== '',
    staleTime: Infinity,
  });

export function useLink() {
  return useMutation({ mutationFn: (use: z.infer<typeof linkUse>) => write('POST', '/links/use', use) });
}
