import {
  mappingCheck,
  mappingPublished,
  mappingVersionList,
  ownDuplicatePage,
  scopePreview,
  status,
  system as systemSchema,
  systemList,
  type OwnDuplicatePage,
  type System,
  type SystemCreate,
  type SystemLimits,
  type SystemSchedule,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

/** Counts of the whole hub; asked again and again, so that the navigation shows what came in meanwhile. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => read('/status', status, {}, signal),
  refetchInterval: () => unlessLive(10_000),
});

export const systemsQuery = queryOptions({
  queryKey: ['systems'],
  queryFn: async ({ signal }) => (await read('/systems', systemList, {}, signal)).systems,
  refetchInterval: () => unlessLive(10_000),
});

export const systemListView = z.object({ act: z.literal('register').optional().catch(undefined), ...tableView });

export const systemTabs = ['state', 'mapping', 'keys', 'duplicates', 'surplus', 'taken-back'] as const;
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
    mutationFn: (put: { document: unknown; count?: number }) =>
      write('PUT', `${pathOf(code)}/mapping`, put, mappingPublished),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

/** Names of systems by their codes; what people pinned is said by a steward. */
export function useSystemName(): (code: string) => string {
  const systems = useQuery(systemsQuery).data ?? [];
  return (code) => (code === 'steward' ? 'Steward' : (systems.find((system) => system.code === code)?.name ?? code));
}

export function useSetLane(system: System) {
  return useSystemChange((lane: System['lane']) => write('PUT', `/systems/${system.code}/lane`, { lane }));
}

export function useSetOutbound(system: System) {
  return useSystemChange((outbound: System['outbound']) =>
    write('PUT', `/systems/${system.code}/outbound`, { outbound }),
  );
}

export function useSetInbound(system: System) {
  return useSystemChange((inbound: System['inbound']) => write('PUT', `/systems/${system.code}/inbound`, { inbound }));
}

export function useSetScope(system: System) {
  return useSystemChange((scope: unknown) => write('PUT', `${pathOf(system.code)}/scope`, { scope }));
}

export function useSetLimits(system: System) {
  return useSystemChange((limits: SystemLimits) => write('PUT', `${pathOf(system.code)}/limits`, limits));
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

function useSystemChange<T>(mutationFn: (to: T) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries(systemsQuery) });
}
