import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.ts';

/** Whether the account may make a call, named as the API names it: `PUT /api/v1/systems/:system/lane`. */
export function useMay(call: string): boolean {
  return useSuspenseQuery(sessionQuery).data.may.includes(call);
}
