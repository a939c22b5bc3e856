import { customerAsOf, customerHistory, customerPage, customerViews, type CustomerSummary } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ask, read } from '../../api/call.ts';
import { customersKey } from '../../api/customers.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';
import { textInUrl } from '../../text-in-url.ts';

export const customerFilter = z.object({
  search: textInUrl,
  ...tableView,
});
export type CustomerFilter = z.infer<typeof customerFilter>;

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
