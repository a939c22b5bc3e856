import type { RulesPreview } from '@cinch/api-contract';
import { Alert, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { countOf } from '../../texts.ts';
import { useSystemName } from '../../api/systems.ts';

const samplesShown = 10;

/** What the rules would do to the customers as they are today. */
export function PreviewReport({ preview }: { preview: RulesPreview }) {
  const { customers, changedCustomers, attributes, systems, samples } = preview;
  const nameOf = useSystemName();
  const sent = systems.filter(({ records }) => records > 0);
  return (
    <Stack gap="sm" role="status">
      <Alert
        color={changedCustomers === 0 ? 'leaf' : 'amber'}
        title={`${changedCustomers.toLocaleString('en')} of ${countOf(customers, 'customer')} would have another value`}
      >
        {sent.length === 0
          ? 'No system would be sent another value.'
          : `Another value would go to ${sent.map(({ system, records }) => `${countOf(records, 'record')} of ${nameOf(system)}`).join(' and ')}, with the next refresh of each.`}
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
      {samples.length > 0 && (
        <DataTable
          label="Some of the customers"
          columns={sampleColumns}
          rows={samples.slice(0, samplesShown)}
          rowKey={({ customerId }) => customerId}
          empty={{ title: 'None' }}
        />
      )}
    </Stack>
  );
}

type Attribute = RulesPreview['attributes'][number];

const figure = (header: string, count: (one: Attribute) => number): Column<Attribute> => ({
  header,
  figure: true,
  cell: (one) => count(one).toLocaleString('en'),
});

const attributeColumns: readonly Column<Attribute>[] = [
  { header: 'Attribute', cell: ({ label }) => label },
  figure('Other values', ({ changed }) => changed),
  figure('Conflicts that open', ({ opened }) => opened),
  figure('Conflicts that close', ({ closed }) => closed),
  figure('Stay as delivered', ({ delivered }) => delivered),
];

const sampleColumns: readonly Column<RulesPreview['samples'][number]>[] = [
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
    cell: ({ changes }) => (
      <ul style={{ margin: 0, paddingLeft: '1rem' }}>
        {changes.map(({ attribute, label, before, after }) => (
          <li key={attribute}>
            {label}: {before || 'empty'} → <strong>{after || 'empty'}</strong>
          </li>
        ))}
      </ul>
    ),
  },
];
