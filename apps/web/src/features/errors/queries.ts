import {
  errorCausePage,
  errorEntryPage,
  errorEntryWhole,
  errorKinds,
  errorStates,
  replayAnswer,
  replayPage,
  type ReplayAsk,
} from '@cinch/api-contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { tableView } from '../../components/table/table-view.ts';

const text = z.string().optional().catch(undefined);

export const causeFilter = z.object({
  system: text,
  kind: z.enum(errorKinds).optional().catch(undefined),
  cursor: text,
  /** The cause that is about to be replayed. */
  replay: text,
  ...tableView,
});
export type CauseFilter = z.infer<typeof causeFilter>;

export const entryFilter = z.object({
  system: text,
  cause: text,
  state: z.enum(errorStates).optional().catch(undefined),
  cursor: text,
  ...tableView,
});
export type EntryFilter = z.infer<typeof entryFilter>;

export const errorsKey = ['errors'] as const;
const nowAndThen = 10_000;

export const causesQuery = ({ system, kind, cursor, limit }: Partial<CauseFilter> & { limit?: number }) =>
  queryOptions({
    queryKey: [...errorsKey, 'causes', system, kind, cursor, limit],
    queryFn: ({ signal }) => read('/errors', errorCausePage, { system, kind, cursor, limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: () => unlessLive(nowAndThen),
  });

export const entriesQuery = ({ system, cause, state, cursor, limit }: Partial<EntryFilter> & { limit?: number }) =>
  queryOptions({
    queryKey: [...errorsKey, 'entries', system, cause, state, cursor, limit],
    queryFn: ({ signal }) => read('/errors/entries', errorEntryPage, { system, cause, state, cursor, limit }, signal),
    placeholderData: keepPreviousData,
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

export function useReplay() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: ReplayAsk) => write('POST', '/errors/replay', ask, replayAnswer),
    onSettled: (_, __, { dryRun }) => (dryRun ? undefined : queryClient.invalidateQueries()),
  });
}
