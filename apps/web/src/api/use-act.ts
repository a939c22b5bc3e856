import { useMutation, useQueryClient } from '@tanstack/react-query';

/**
 * After an act anything may read otherwise: values, conflicts, requests, decisions, counts. Also after a refusal: likely something has
 * moved. It is not waited for, since what the act was about may be gone from the page by then, and with it the word that all went well.
 */
export function useAct<Input>(mutationFn: (input: Input) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => void queryClient.invalidateQueries() });
}
