import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { duplicatesQuery } from './queries.ts';

const route = getRouteApi('/signed-in/systems/$code');

/** Customers of whom the system keeps several records. */
export function DuplicatePanel({ code }: { code: string }) {
  const { cursor } = route.useSearch();
  const query = useQuery(duplicatesQuery(code, cursor));
  return (
    <Panel title="Customers that it keeps more than once" flush>
      <Loaded query={query}>
        {(page) => (
          <>
            <DataTable
              label="Duplicates"
              columns={[
                {
                  header: 'Records',
                  cell: ({ sourceIds }) => sourceIds.join(', '),
                },
                {
                  header: 'Customer',
                  cell: ({ customerId }) => (
                    <TextLink to="/customers/$id" params={{ id: customerId }}>
                      Look at the customer
                    </TextLink>
                  ),
                },
              ]}
              rows={page.duplicates}
              rowKey={({ customerId }) => customerId}
              empty={{
                title: page.nextCursor ? 'None among the customers looked at so far' : 'No duplicates',
                advice: page.nextCursor ? 'Go on to the next page.' : 'No customer has several records in this system.',
              }}
            />
            <Pager cursor={cursor} nextCursor={page.nextCursor} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}
