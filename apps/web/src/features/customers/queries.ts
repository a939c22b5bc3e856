import {
  customer,
  customerAsOf,
  customerHistory,
  customerPage,
  customerViews,
  type CustomerSummary,
} from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, read } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';
import { textInUrl } from '../../text-in-url.ts';

export const customerFilter = z.object({
  search: textInUrl,
  ...tableView,
});
export type CustomerFilter = z.infer<typeof customerFilter>;

/** Of everything about customers: what a decision or a refresh may have moved. */
export const customersKey = ['customers'] as const;

export const customerList = ({ search }: CustomerFilter) =>
  listQuery({
    queryKey: [...customersKey, 'list', search],
    page: async (asked, signal) => {
      const { customers, ...page } = await ask(
        '/customers/search',
        customerPage,
        { search: search ?? '', ...asked },
        signal,
      );
      return { rows: customers, ...page };
    },
    rowKey: ({ customerId }: CustomerSummary) => customerId,
  });

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

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [...customersKey, 'history', id],
    queryFn: ({ signal }) => read(`/customers/${encodeURIComponent(id)}/history`, customerHistory, {}, signal),
  });

export const viewsQuery = (id: string) =>
  queryOptions({
    queryKey: [...customersKey, 'views', id],
    queryFn: async ({ signal }) =>
      (await read(`/customers/${encodeURIComponent(id)}/views`, customerViews, {}, signal)).views,
  });

export const asOfQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: [...customersKey, 'as-of', id, at],
    queryFn: ({ signal }) => read(`/customers/${encodeURIComponent(id)}/as-of`, customerAsOf, { at }, signal),
    placeholderData: keepPreviousData,
  });
