import {
  mappingCheck,
  mappingPublished,
  mappingVersionList,
  ownDuplicatePage,
  scopePreview,
  system as systemSchema,
  type OwnDuplicatePage,
  type System,
  type SystemComparison,
  type SystemCreate,
  type SystemLimits,
  type SystemSchedule,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { systemsQuery, useSystemChange } from '../../api/systems.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

export const systemListView = z.object({ act: z.literal('register').optional().catch(undefined), ...tableView });

export const systemTabs = [
  'state',
  'mapping',
  'values',
  'keys',
  'duplicates',
  'surplus',
  'own-views',
  'taken-back',
] as const;
export const systemView = z.object({
  tab: z.enum(systemTabs).default('state').catch('state'),
  /** What is to be taken back, where another page led here for that. */
  batch: z.int().positive().optional().catch(undefined),
  run: z.int().positive().optional().catch(undefined),
  ...tableView,
});

const pathOf = (code: string) => `/systems/${encodeURIComponent(code)}`;

/** The latest first, which is the one in force. */
export const mappingsQuery = (code: string) =>
  queryOptions({
    queryKey: ['systems', code, 'mappings'],
    queryFn: async ({ signal }) =>
      (await read(`${pathOf(code)}/mapping/versions`, mappingVersionList, {}, signal)).versions,
  });

export type Duplicate = OwnDuplicatePage['duplicates'][number];

export const duplicateList = (code: string) =>
  listQuery({
    queryKey: ['systems', code, 'duplicates'],
    page: async (asked, signal) => {
      const { duplicates, ...page } = await read(`${pathOf(code)}/duplicates`, ownDuplicatePage, { ...asked }, signal);
      return { rows: duplicates, ...page };
    },
    rowKey: ({ customerId }: Duplicate) => customerId,
  });

export function useCheckMapping(code: string) {
  return useMutation({
    mutationFn: (document: unknown) => write('POST', `${pathOf(code)}/mapping/check`, { document }, mappingCheck),
  });
}

export function usePublishMapping(code: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (put: { document: unknown; baseVersion: number; count?: number }) =>
      write('PUT', `${pathOf(code)}/mapping`, put, mappingPublished),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

export function useSetScope(system: System) {
  return useSystemChange((put: { scope: unknown; baseVersion: number; count: number }) =>
    write('PUT', `${pathOf(system.code)}/scope`, put),
  );
}

export function useSetLimits(system: System) {
  return useSystemChange((limits: SystemLimits) => write('PUT', `${pathOf(system.code)}/limits`, limits));
}

export function useSetComparison(system: System) {
  return useSystemChange((comparison: SystemComparison) =>
    write('PUT', `${pathOf(system.code)}/comparison`, comparison),
  );
}

export function useSetSchedule(system: System) {
  return useSystemChange((schedule: SystemSchedule) => write('PUT', `${pathOf(system.code)}/schedule`, schedule));
}

export function usePreviewScope(system: System) {
  return useMutation({
    mutationFn: (scope: unknown) => write('POST', `${pathOf(system.code)}/scope/preview`, { scope }, scopePreview),
  });
}

export function useRegisterSystem() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (made: SystemCreate) => write('POST', '/systems', made, systemSchema),
    onSuccess: () => queryClient.invalidateQueries(systemsQuery),
  });
}
