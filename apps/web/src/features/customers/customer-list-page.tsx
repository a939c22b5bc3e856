import type { CustomerSummary } from '@cinch/api-contract';
import { Badge, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Breakable } from '../../components/breakable.tsx';
import { TextLink } from '../../components/link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { countOf } from '../../texts.ts';
import { useSystemName } from '../../api/systems.ts';
import { customerList } from './queries.ts';
import { SearchBox } from '../../components/search-box.tsx';

const route = getRouteApi('/signed-in/customers');

export function CustomerListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePagedList(customerList(filter));
  const columns = useColumns();
  return (
    <PageFrame title="Customers" lead="One golden record for each customer, made of what every system says about it.">
      <Panel flush>
        <ListTable
          label="Customers"
          list={list}
          columns={columns}
          view={filter}
          file="customers"
          filters={
            <SearchBox
              search={filter.search ?? ''}
              onSearch={(search) =>
                void navigate({ search: (before) => ({ ...before, search: search || undefined }), replace: true })
              }
            />
          }
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
      </Panel>
    </PageFrame>
  );
}

function useColumns(): Column<CustomerSummary>[] {
  const nameOf = useSystemName();
  return [
    {
      header: 'Customer',
      width: '20%',
      value: ({ display, customerId }) => display || customerId,
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
    {
      header: 'Phone',
      width: '9.75rem',
      value: ({ phone }) => phone,
      cell: ({ phone }) => <span style={{ whiteSpace: 'nowrap' }}>{phone || '–'}</span>,
    },
    {
      header: 'E-mail',
      width: '28%',
      value: ({ email }) => email,
      cell: ({ email }) => (email ? <Breakable text={email} /> : '–'),
    },
    { header: 'Address', value: ({ address }) => address, cell: ({ address }) => address || '–' },
    {
      header: 'Systems',
      width: '11.5rem',
      value: ({ systems }) => systems.map(nameOf).join(', '),
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
