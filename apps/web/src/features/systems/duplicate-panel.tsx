import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { duplicateList, type Duplicate } from './queries.ts';

const route = getRouteApi('/signed-in/systems/$code');

/** Customers of whom the system keeps several records. */
export function DuplicatePanel({ code }: { code: string }) {
  return (
    <Panel title="Customers that it keeps more than once" flush>
      <ListTable
        label="Duplicates"
        list={usePagedList(duplicateList(code))}
        columns={columns}
        view={route.useSearch()}
        file={`duplicates-${code}`}
        empty={{ title: 'No duplicates', advice: 'No customer has several records in this system.' }}
      />
    </Panel>
  );
}

const columns: readonly Column<Duplicate>[] = [
  {
    header: 'Records',
    value: ({ sourceIds }) => sourceIds.join(', '),
    cell: ({ sourceIds }) => sourceIds.join(', '),
  },
  {
    header: 'Customer',
    value: ({ customerId }) => customerId,
    cell: ({ customerId }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }}>
        Look at the customer
      </TextLink>
    ),
  },
];
