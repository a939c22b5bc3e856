import {
  changeRates,
  mappingVersionList,
  publishedCanonicalModel,
  survivorshipRules,
  type System,
  type SystemSchedule,
} from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';
import { useSystemChange } from '../../api/systems.ts';

const pathOf = (code: string) => `/systems/${encodeURIComponent(code)}`;

/** The mapping in force; null where the system has none yet. */
export const publishedMappingQuery = (code: string) =>
  queryOptions({
    queryKey: ['systems', code, 'mappings'],
    queryFn: async ({ signal }) =>
      (await read(`${pathOf(code)}/mapping/versions`, mappingVersionList, {}, signal)).versions,
    select: ([latest]) => latest?.document ?? null,
  });

/** What the hub has seen of its systems lately. */
export const changeRatesQuery = queryOptions({
  queryKey: ['change-rates'],
  queryFn: ({ signal }) => read('/change-rates', changeRates, {}, signal),
});

export const rulesInForceQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => read('/rules/survivorship', survivorshipRules, {}, signal),
});

export const modelInForceQuery = queryOptions({
  queryKey: ['canonical-model'],
  queryFn: ({ signal }) => read('/canonical-model', publishedCanonicalModel, {}, signal),
});

export function useTakeSchedule(system: System) {
  return useSystemChange((schedule: SystemSchedule) => write('PUT', `${pathOf(system.code)}/schedule`, schedule));
}
