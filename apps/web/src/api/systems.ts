import { status, systemList, type System } from '@cinch/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from './call.ts';
import { unlessLive } from './live.ts';

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

export function useSetMastering(system: System) {
  return useSystemChange((mastering: System['mastering']) =>
    write('PUT', `/systems/${system.code}/mastering`, { mastering }),
  );
}

/** Null: each row that looks set back is a question again. */
export function useSetStandingAnswer(system: System) {
  return useSystemChange((answer: NonNullable<System['standingAnswer']>['answer'] | null) =>
    write('PUT', `/systems/${system.code}/standing-answer`, { answer }),
  );
}

export function useSetInbound(system: System) {
  return useSystemChange((inbound: System['inbound']) => write('PUT', `/systems/${system.code}/inbound`, { inbound }));
}

/** A change of a system's settings; the list of systems is read again, whatever came of it. */
export function useSystemChange<T>(mutationFn: (to: T) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries(systemsQuery) });
}
