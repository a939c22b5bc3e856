import type { MappingCheck } from '@cinch/api-contract';
import { Alert, Code, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { countOf, errorCodeInWords } from '../../texts.ts';

const faultsShown = 20;

/** What the document would do with what the system really sent. */
export function MappingReport({ report }: { report: MappingCheck }) {
  const { records, readable, standards, unreadable, unknownCodes, inexpressible, faultCount, faults } = report;
  // Codes that a table lacks are told one by one.
  const isTold = ({ path, code }: { path: string; code: string }) =>
    code === 'unknown-code' && unknownCodes.some((one) => one.path === path);
  const troubles = [
    ...unreadable
      .filter((one) => !isTold(one))
      .map((one) => ({ where: one.path, what: errorCodeInWords(one.code), count: one.count })),
    ...unknownCodes.map((one) => ({
      where: one.path,
      what: `The mapping does not know the code ${JSON.stringify(one.value)}`,
      count: one.count,
    })),
    ...inexpressible.map((one) => ({
      where: one.attribute,
      what: `Cannot be said to the system: ${errorCodeInWords(one.code)}`,
      count: one.count,
    })),
  ];
  const isGood = troubles.length === 0 && faultCount === 0;
  return (
    <Stack gap="sm" role="status">
      <Alert
        color={isGood ? 'leaf' : 'amber'}
        title={`${readable.toLocaleString('en')} of ${countOf(records, 'record')} can be read`}
      >
        {records === 0
          ? 'The hub has no records of this system to check the document on yet.'
          : isGood
            ? 'Each comes back as it was sent, and nothing in it is lost.'
            : `${countOf(troubles.length, 'kind')} of trouble, and ${countOf(faultCount, 'value')} that would not come back as sent. Mend the document, or publish it knowing this.`}
      </Alert>
      {standards.length > 0 && (
        <DataTable
          label="How values come into their form"
          columns={standardColumns}
          rows={standards}
          rowKey={({ attribute }) => attribute}
          empty={{ title: 'No values' }}
        />
      )}
      {troubles.length > 0 && (
        <DataTable
          label="What the document cannot read or say"
          columns={troubleColumns}
          rows={troubles}
          rowKey={({ where, what }) => `${where} ${what}`}
          empty={{ title: 'Nothing' }}
        />
      )}
      {faults.length > 0 && (
        <>
          <DataTable
            label="Values that would not come back as sent"
            columns={faultColumns}
            rows={faults.slice(0, faultsShown)}
            rowKey={({ record, attribute, path }) => `${record} ${attribute} ${path}`}
            empty={{ title: 'None' }}
          />
          {faultCount > faultsShown && (
            <Text size="sm" c="dimmed">
              The first {faultsShown} of {faultCount.toLocaleString('en')}.
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

interface Trouble {
  where: string;
  what: string;
  count: number;
}

const troubleColumns: readonly Column<Trouble>[] = [
  { header: 'Where', cell: ({ where }) => <Code>{where}</Code> },
  { header: 'What', cell: ({ what }) => what },
  { header: 'Records', figure: true, cell: ({ count }) => count.toLocaleString('en') },
];

const standardColumns: readonly Column<MappingCheck['standards'][number]>[] = [
  { header: 'Attribute', cell: ({ attribute }) => attribute },
  { header: 'Rule', cell: ({ rule }) => <Code>{rule}</Code> },
  { header: 'Pass', figure: true, cell: ({ passes }) => passes.toLocaleString('en') },
  { header: 'Doubted', figure: true, cell: ({ doubted }) => doubted.toLocaleString('en') },
  { header: 'Fail', figure: true, cell: ({ fails }) => fails.toLocaleString('en') },
];

const faultColumns: readonly Column<MappingCheck['faults'][number]>[] = [
  { header: 'Record', cell: ({ record }) => record },
  { header: 'Attribute', cell: ({ attribute }) => attribute },
  { header: 'Sent', cell: ({ sent }) => <Code>{JSON.stringify(sent)}</Code> },
  { header: 'Comes back as', cell: ({ got }) => <Code>{JSON.stringify(got)}</Code> },
];
