import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './session.ts';

/** Whether the account may make a call, named as the API names it: `PUT /api/v1/systems/:system/lane`. */
export function useMay(call: string): boolean {
  return useRights()(call);
}

/** The same for calls that are known only later, such as the acts of a list. */
export function useRights(): (call: string) => boolean {
  const { may } = useSuspenseQuery(sessionQuery).data;
  return (call) => may.includes(call);
}
