import { customer, customerPage } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, read } from './call.ts';

/** Of everything about customers: what a decision or a refresh may have moved. */
export const customersKey = ['customers'] as const;

/** The first few that a search finds, to choose one from. */
export const foundCustomersQuery = (search: string, limit?: number) =>
  queryOptions({
    queryKey: [...customersKey, 'found', search, limit],
    queryFn: ({ signal }) => ask('/customers/search', customerPage, { search, limit }, signal),
    placeholderData: keepPreviousData,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: [...customersKey, 'one', id],
    queryFn: ({ signal }) => read(`/customers/${encodeURIComponent(id)}`, customer, {}, signal),
  });
