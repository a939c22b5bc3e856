import {
  causeSorts,
  entrySorts,
  errorCausePage,
  errorEntryPage,
  errorEntryWhole,
  errorKinds,
  errorStates,
  mappingPublished,
  replayAnswer,
  replayPage,
  unknownCodes,
  type ErrorCause,
  type ErrorEntry,
  type ReplayAsk,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

const text = z.string().optional().catch(undefined);

export const causeFilter = z.object({
  system: text,
  kind: z.enum(errorKinds).optional().catch(undefined),
  /** The cause that is about to be replayed. */
  replay: text,
  /** The cause whose codes are about to be tied. */
  tie: text,
  ...tableView,
});
export type CauseFilter = z.infer<typeof causeFilter>;

export const entryFilter = z.object({
  system: text,
  cause: text,
  state: z.enum(errorStates).optional().catch(undefined),
  ...tableView,
});
export type EntryFilter = z.infer<typeof entryFilter>;

export const errorsKey = ['errors'] as const;
const nowAndThen = 10_000;

export const causeList = ({ system, kind, ...view }: CauseFilter) =>
  listQuery({
    queryKey: [...errorsKey, 'causes', system, kind],
    sorts: causeSorts,
    view,
    page: async (asked, signal) => {
      const { causes, ...page } = await read('/errors', errorCausePage, { system, kind, ...asked }, signal);
      return { rows: causes, ...page };
    },
    rowKey: ({ cause }: ErrorCause) => cause,
    refetchMs: nowAndThen,
  });

export const entryList = ({ system, cause, state, ...view }: EntryFilter) =>
  listQuery({
    queryKey: [...errorsKey, 'entries', system, cause, state],
    sorts: entrySorts,
    view,
    page: async (asked, signal) => {
      const filter = { system, cause, state, ...asked };
      const { entries, ...page } = await read('/errors/entries', errorEntryPage, filter, signal);
      return { rows: entries, ...page };
    },
    rowKey: ({ errorId }: ErrorEntry) => errorId,
  });

export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: [...errorsKey, 'entry', id],
    queryFn: ({ signal }) => read(`/errors/entries/${encodeURIComponent(id)}`, errorEntryWhole, {}, signal),
    staleTime: Infinity,
  });

export const replaysQuery = queryOptions({
  queryKey: [...errorsKey, 'replays'],
  queryFn: ({ signal }) => read('/errors/replays', replayPage, { limit: 10 }, signal),
  refetchInterval: ({ state }) =>
    unlessLive(state.data?.replays.some(({ doneAt }) => doneAt === null) ? 1_000 : nowAndThen),
});

export const unknownCodesQuery = (system: string, path: string) =>
  queryOptions({
    queryKey: [...errorsKey, 'codes', system, path],
    queryFn: ({ signal }) => read(`/systems/${system}/mapping/codes`, unknownCodes, { path }, signal),
  });

export function useTieCodes(system: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: { path: string; ties: { native: string; code: string }[]; count?: number }) =>
      write('POST', `/systems/${system}/mapping/codes`, ask, mappingPublished),
    // Not waited for: once they are read the fault is gone from the page, and with it the word that all went well.
    onSuccess: () => void queryClient.invalidateQueries(),
  });
}

export function useReplay() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: ReplayAsk) => write('POST', '/errors/replay', ask, replayAnswer),
    onSettled: (_, __, { dryRun }) => void (dryRun || queryClient.invalidateQueries()),
  });
}
