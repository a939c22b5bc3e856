import type { Reach } from '@cinch/api-contract';
import { Alert, Stack, Text } from '@mantine/core';
import { useSystemName } from '../api/systems.ts';
import { countOf } from '../texts.ts';
import { DataTable, type Column } from './data-table.tsx';
import { TextLink } from './link.tsx';

/** What an act would change, the same for every act: golden values by attribute, rows by system, and ten of the customers. */
export function ReachReport({ reach }: { reach: Reach }) {
  const nameOf = useSystemName();
  const { count, customers, begun, ended, attributes, systems, examples } = reach;
  return (
    <Stack gap="sm" role="status">
      <Alert
        color={count === 0 ? 'leaf' : 'amber'}
        title={`${count.toLocaleString('en')} of ${countOf(customers, 'customer')} would change`}
      >
        {sentInWords(systems, nameOf)}
        {begun > 0 && ` ${countOf(begun, 'customer')} would begin.`}
        {ended > 0 && ` ${countOf(ended, 'customer')} would become one with another.`}
      </Alert>
      {attributes.length > 0 && (
        <DataTable
          label="What would change, by attribute"
          columns={attributeColumns}
          rows={attributes}
          rowKey={({ attribute }) => attribute}
          empty={{ title: 'Nothing' }}
        />
      )}
      {attributes.some(({ delivered }) => delivered > 0) && (
        <Text size="sm" c="dimmed">
          Stay as delivered: by the draft another value would win, were it not replaced by what the hub has delivered
          already. Who wants it back reconsiders it on the customer’s page.
        </Text>
      )}
      {systems.length > 0 && (
        <DataTable
          label="What would go out, by system"
          columns={systemColumns(nameOf)}
          rows={systems}
          rowKey={({ system }) => system}
          empty={{ title: 'Nothing' }}
        />
      )}
      {examples.length > 0 && (
        <DataTable
          label="Some of the customers"
          columns={exampleColumns(nameOf)}
          rows={examples}
          rowKey={({ customerId }) => customerId}
          empty={{ title: 'None' }}
        />
      )}
    </Stack>
  );
}

type Attribute = Reach['attributes'][number];
type System = Reach['systems'][number];
type Example = Reach['examples'][number];
type Name = (code: string) => string;

function sentInWords(systems: readonly System[], nameOf: Name): string {
  const sent = systems.filter(({ rows, made }) => rows + made > 0);
  if (sent.length === 0) return 'No row of a system would be written otherwise.';
  const each = sent.map(({ system, rows, made }) => {
    const parts = [...(rows > 0 ? [countOf(rows, 'row')] : []), ...(made > 0 ? [`${countOf(made, 'new row')}`] : [])];
    return `${parts.join(' and ')} of ${nameOf(system)}`;
  });
  return `The next refresh of each would write ${each.join(', ')}.`;
}

const figure = (header: string, count: (one: Attribute) => number): Column<Attribute> => ({
  header,
  figure: true,
  cell: (one) => count(one).toLocaleString('en'),
});

const attributeColumns: readonly Column<Attribute>[] = [
  { header: 'Attribute', cell: ({ label }) => label },
  figure('Other golden values', ({ changed }) => changed),
  figure('Conflicts that open', ({ opened }) => opened),
  figure('Conflicts that close', ({ closed }) => closed),
  figure('Stay as delivered', ({ delivered }) => delivered),
];

const systemColumns = (nameOf: Name): Column<System>[] => [
  { header: 'System', cell: ({ system }) => nameOf(system) },
  { header: 'Rows written otherwise', figure: true, cell: ({ rows }) => rows.toLocaleString('en') },
  { header: 'Rows made', figure: true, cell: ({ made }) => made.toLocaleString('en') },
  { header: 'Surplus', figure: true, cell: ({ surplus }) => surplus.toLocaleString('en') },
  {
    header: 'Of them',
    cell: ({ attributes }) =>
      attributes.map(({ label, rows }) => `${label} in ${rows.toLocaleString('en')}`).join(', ') || 'nothing',
  },
];

const exampleColumns = (nameOf: Name): Column<Example>[] => [
  {
    header: 'For example',
    cell: ({ customerId, customer }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }} underline="hover">
        {customer || customerId}
      </TextLink>
    ),
  },
  {
    header: 'Value: today → then',
    cell: ({ changes, rows }) => (
      <ul style={{ margin: 0, paddingLeft: '1rem' }}>
        {changes.map(({ attribute, label, before, after }) => (
          <li key={attribute}>
            {label}: {before || 'empty'} → <strong>{after || 'empty'}</strong>
          </li>
        ))}
        {rows.map(({ system, sourceId, fields }) => (
          <li key={`${system} ${sourceId}`}>
            {nameOf(system)} {sourceId}: {fields.map(({ path }) => path).join(', ')}
          </li>
        ))}
      </ul>
    ),
  },
];
