import { changeSet, changeSetCheck, changeSetList, type ProposedDocument } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';

const path = '/change-sets';

export const changeSetsQuery = queryOptions({
  queryKey: ['change-sets'],
  queryFn: async ({ signal }) => (await read(path, changeSetList, {}, signal)).changeSets,
});

/** Every mistake of all documents, or what they would change together. */
export function useCheckSet() {
  return useMutation({
    mutationFn: (documents: readonly ProposedDocument[]) =>
      write('POST', `${path}/check`, { documents }, changeSetCheck),
  });
}

export function usePublishSet() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (set: { documents: readonly ProposedDocument[]; reason: string; count: number }) =>
      write('POST', path, set, changeSet),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
