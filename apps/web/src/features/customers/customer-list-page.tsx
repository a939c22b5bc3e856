import type { CustomerSummary } from '@cinch/api-contract';
import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { countOf } from '../../texts.ts';
import { useSystemName } from '../systems/queries.ts';
import { customersQuery } from './queries.ts';
import { SearchBox } from './search-box.tsx';

const route = getRouteApi('/signed-in/customers');

export function CustomerListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(customersQuery(filter));
  const columns = useColumns();
  return (
    <PageFrame title="Customers" lead="One golden record for each customer, made of what every system says about it.">
      <Panel flush>
        <Group px="1.25rem" py="sm">
          <SearchBox
            search={filter.search ?? ''}
            onSearch={(search) => void navigate({ search: { search: search || undefined }, replace: true })}
          />
        </Group>
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable
                label="Customers"
                columns={columns}
                rows={page.customers}
                rowKey={({ customerId }) => customerId}
                empty={
                  filter.search
                    ? {
                        title: `No customer is found by “${filter.search}”`,
                        advice:
                          'Try a part of the name, the phone or the e-mail, an id of one of the systems, or a customer id, also an old one.',
                      }
                    : {
                        title: 'No customers yet',
                        advice: 'They appear here as soon as a system has pushed its records.',
                      }
                }
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function useColumns(): Column<CustomerSummary>[] {
  const nameOf = useSystemName();
  return [
    {
      header: 'Customer',
      cell: ({ customerId, display, openConflicts }) => (
        <Group gap="xs">
          <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
            {display || customerId}
          </TextLink>
          {openConflicts > 0 && (
            <Badge color="amber" size="sm">
              {countOf(openConflicts, 'conflict')}
            </Badge>
          )}
        </Group>
      ),
    },
    { header: 'Phone', cell: ({ phone }) => <span style={{ whiteSpace: 'nowrap' }}>{phone || '–'}</span> },
    { header: 'E-mail', cell: ({ email }) => <span style={{ overflowWrap: 'break-word' }}>{email || '–'}</span> },
    { header: 'Address', cell: ({ address }) => address || '–' },
    {
      header: 'Systems',
      cell: (customer) => (
        <Group gap="xs" wrap="nowrap">
          {customer.systems.map((code) => (
            <SystemName key={code} code={code} name={nameOf(code)} />
          ))}
        </Group>
      ),
    },
  ];
}
