import type { TakeBackPreview } from '@cinch/api-contract';
import { Alert, List, Text } from '@mantine/core';
import { IconArrowBackUp } from '../../components/icons.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import type { Column } from '../../components/table/column.ts';
import { countOf } from '../../texts.ts';

/** What taking it back would change. */
export function TakeBackReport({ preview }: { preview: TakeBackPreview }) {
  const { words, entries, records, surplus, customers, retired, byAttribute, rowsBySystem, samples } = preview;
  return (
    <>
      <Alert role="status" color="lagoon" icon={<IconArrowBackUp aria-hidden />}>
        {countOf(entries, 'thing')} told of {countOf(records, 'record')} in {words}. {countOf(customers, 'customer')}{' '}
        would change. Nothing is sent before a refresh.
      </Alert>
      <List size="sm">
        {byAttribute.map(({ attribute, label, changed }) => (
          <List.Item key={attribute}>
            {label} of {countOf(changed, 'customer')}
          </List.Item>
        ))}
        {rowsBySystem.map(({ system, systemName, rows }) => (
          <List.Item key={system}>
            The next refresh would write {countOf(rows, 'row')} of {systemName}
          </List.Item>
        ))}
        {surplus > 0 && (
          <List.Item>
            {countOf(surplus, 'record')} of which nothing else was told would be surplus, {countOf(retired, 'customer')}{' '}
            would retire
          </List.Item>
        )}
      </List>
      <DataTable
        label="Some of the customers that would change"
        columns={columns}
        rows={samples}
        rowKey={({ customerId }) => customerId}
        empty={{ title: 'No customer would change' }}
      />
    </>
  );
}

const columns: readonly Column<TakeBackPreview['samples'][number]>[] = [
  {
    header: 'Customer',
    cell: ({ customerId, name }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }} underline="hover">
        {name}
      </TextLink>
    ),
  },
  {
    header: 'Would change',
    cell: ({ changes }) =>
      changes.map(({ label, from, to }) => (
        <Text key={label} size="sm">
          {label}: {from ?? 'nothing'} → {to ?? 'nothing'}
        </Text>
      )),
  },
];
