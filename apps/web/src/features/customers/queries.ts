import { customer, customerHistory, customerPage } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';

export const customerFilter = z.object({
  search: z.string().max(200).optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
});
export type CustomerFilter = z.infer<typeof customerFilter>;

/** Of everything about customers: what a decision or a refresh may have moved. */
export const customersKey = ['customers'] as const;

export const customersQuery = (filter: CustomerFilter & { limit?: number }) =>
  queryOptions({
    queryKey: [...customersKey, 'list', filter],
    queryFn: ({ signal }) => read('/customers', customerPage, filter, signal),
    placeholderData: keepPreviousData,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: [...customersKey, 'one', id],
    queryFn: ({ signal }) => read(`/customers/${encodeURIComponent(id)}`, customer, {}, signal),
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [...customersKey, 'history', id],
    queryFn: ({ signal }) => read(`/customers/${encodeURIComponent(id)}/history`, customerHistory, {}, signal),
  });
