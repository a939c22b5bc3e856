import type { RouteName } from '@cinch/api-contract';
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './session.ts';

/** Whether the account may make a call. */
export function useMay(call: RouteName): boolean {
  return useRights()(call);
}

/** The same for calls that are known only later, such as the acts of a list. */
export function useRights(): (call: RouteName) => boolean {
  const { may } = useSuspenseQuery(sessionQuery).data;
  return (call) => may.includes(call);
}
