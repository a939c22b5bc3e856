import {
  countedMatchModel,
  matchFieldList,
  matchModelVersionList,
  matchPicture,
  matchPreview,
  matchProgress,
  movedRecordPage,
  publishedMatchModel,
  sharedLook,
  trainedMatchModel,
  type MatchPreview,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import type { Draft } from '../../components/versions/use-draft.ts';
import { kinds, type MatchModel } from './model-shape.ts';

export const matchingTabs = ['scale', 'weights', 'common', 'keys', 'versions'] as const;

/** `version`: the one that is looked at beside the latest. */
export const matchingView = z.object({
  tab: z.enum(matchingTabs).default('scale').catch('scale'),
  version: z.int().nonnegative().optional().catch(undefined),
  as: z.literal('tables').optional().catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
});

/** The latest version, which is in force once it is applied. */
export const modelQuery = queryOptions({
  queryKey: ['match-model'],
  queryFn: ({ signal }) => read('/rules/matching', publishedMatchModel, {}, signal),
});

export const modelVersionsQuery = queryOptions({
  queryKey: ['match-model', 'versions'],
  queryFn: async ({ signal }) => (await read('/rules/matching/versions', matchModelVersionList, {}, signal)).versions,
});

/** The latest ones. */
export const movedQuery = queryOptions({
  queryKey: ['match-model', 'moved'],
  queryFn: ({ signal }) => read('/moved-records', movedRecordPage, { limit: 50 }, signal),
});

/** The document of a version never changes. */
export const modelVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['match-model', 'versions', version],
    queryFn: ({ signal }) => read(`/rules/matching/versions/${version}`, publishedMatchModel, {}, signal),
    staleTime: Infinity,
  });

export const fieldsQuery = queryOptions({
  queryKey: ['match-model', 'fields'],
  queryFn: ({ signal }) => read('/rules/matching/fields', matchFieldList, {}, signal),
  staleTime: Infinity,
});

export const pictureQuery = queryOptions({
  queryKey: ['match-model', 'picture'],
  queryFn: ({ signal }) => read('/rules/matching/picture', matchPicture, {}, signal),
});

const progressQuery = (isBusy: boolean) =>
  queryOptions({
    queryKey: ['match-model', 'progress'],
    queryFn: ({ signal }) => read('/rules/matching/progress', matchProgress, {}, signal),
    refetchInterval: ({ state: { data } }) => (isBusy || (data && data.works.length > 0) ? 1_000 : 15_000),
  });

/** Work on all records, asked for more often while there is any; what it was about is read anew when it has ended. */
export function useProgress(isBusy: boolean) {
  const queryClient = useQueryClient();
  const progress = useQuery(progressQuery(isBusy)).data;
  const isWorking = progress !== undefined && progress.works.length > 0;
  const wasWorking = useRef(false);
  useEffect(() => {
    if (wasWorking.current && !isWorking) void queryClient.invalidateQueries({ queryKey: modelQuery.queryKey });
    wasWorking.current = isWorking;
  }, [isWorking, queryClient]);
  return progress;
}

export function useCount() {
  return useMutation({ mutationFn: () => write('POST', '/rules/matching/count', {}, countedMatchModel) });
}

export function useTraining() {
  return useMutation({ mutationFn: () => write('POST', '/rules/matching/training', {}, trainedMatchModel) });
}

/** What the hub does once a day. */
export function useSharedLook() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => write('POST', '/rules/matching/shared', {}, sharedLook),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

export type MatchDraft = Draft<MatchModel, MatchPreview>;

export function foreseeMatches(document: unknown): Promise<MatchPreview> {
  return write('POST', '/rules/matching/preview', { document }, matchPreview);
}

export function usePublishModel() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (model: { document: unknown; reason: string; baseVersion: number; count: number }) =>
      write('PUT', '/rules/matching', model, publishedMatchModel),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
