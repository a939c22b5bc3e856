import { rulesPreview, survivorshipRules } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';

/** The version in force. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => read('/rules/survivorship', survivorshipRules, {}, signal),
});

export function useForesee() {
  return useMutation({
    mutationFn: (document: unknown) => write('POST', '/rules/survivorship/preview', { document }, rulesPreview),
  });
}

export function usePublishRules() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rules: { document: unknown; reason: string }) =>
      write('PUT', '/rules/survivorship', rules, survivorshipRules),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
