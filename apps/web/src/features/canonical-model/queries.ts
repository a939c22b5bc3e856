import {
  attributeUsage,
  canonicalModelCheck,
  canonicalModelVersionList,
  publishedCanonicalModel,
  reach,
  type Reach,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import type { Draft } from '../../components/versions/use-draft.ts';
import type { CanonicalModel } from '../../api/canonical-model-shape.ts';

export const modelTabs = ['now', 'draft', 'versions'] as const;

/** `version`: the one that is looked at beside the one in force. */
export const modelView = z.object({
  tab: z.enum(modelTabs).default('now').catch('now'),
  version: z.int().nonnegative().optional().catch(undefined),
});

const path = '/canonical-model';

export const canonicalModelVersionsQuery = queryOptions({
  queryKey: ['canonical-model', 'versions'],
  queryFn: async ({ signal }) => (await read(`${path}/versions`, canonicalModelVersionList, {}, signal)).versions,
});

/** A version never changes. */
export const canonicalModelVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['canonical-model', 'versions', version],
    queryFn: ({ signal }) => read(`${path}/versions/${version}`, publishedCanonicalModel, {}, signal),
    staleTime: Infinity,
  });

export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: ['canonical-model', 'usage', id],
    queryFn: ({ signal }) => read(`${path}/usage/${encodeURIComponent(id)}`, attributeUsage, {}, signal),
  });

export type ModelDraft = Draft<CanonicalModel, Reach>;

export function foreseeModel(document: unknown): Promise<Reach> {
  return write('POST', `${path}/preview`, { document }, reach);
}

/** Every mistake of a draft. */
export function useCheck() {
  return useMutation({
    mutationFn: async (document: unknown) =>
      (await write('POST', `${path}/check`, { document }, canonicalModelCheck)).problems,
  });
}

export function usePublishModel() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (model: { document: unknown; reason: string; baseVersion: number; count: number }) =>
      write('PUT', path, model, publishedCanonicalModel),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
