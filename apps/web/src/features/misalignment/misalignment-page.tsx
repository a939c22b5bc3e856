import type { Misalignment, MisalignmentLine } from '@cinch/api-contract';
import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSystemName } from '../../api/systems.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { csvOf, type ExportColumn } from '../../components/table/export-text.ts';
import { save } from '../../components/table/save.ts';
import { lineKey, misalignmentQuery } from './queries.ts';

const spans = [1, 3, 12, 24];

/** What it costs that the systems’ models are not one, month by month. */
export function MisalignmentPage() {
  const [months, setMonths] = useState(12);
  const query = useQuery(misalignmentQuery(months));
  return (
    <PageFrame
      title="What misalignment cost"
      lead="Values that refreshes found otherwise than they were to be, what of them was put right, and what people had to decide: by month, attribute and the systems that it was between."
    >
      <Panel
        flush
        title="By month"
        aside={
          <Group gap="xs">
            <NativeSelect
              size="xs"
              aria-label="How far back"
              data={spans.map((value) => ({
                value: String(value),
                label: value === 1 ? 'This month' : `${value} months`,
              }))}
              value={String(months)}
              onChange={({ currentTarget }) => setMonths(Number(currentTarget.value))}
            />
            {query.data && <SaveButton report={query.data} />}
          </Group>
        }
      >
        <Loaded query={query}>{(report) => <Lines report={report} />}</Loaded>
      </Panel>
    </PageFrame>
  );
}

function Lines({ report }: { report: Misalignment }) {
  const nameOf = useSystemName();
  const columns: readonly Column<MisalignmentLine>[] = [
    { header: 'Month', cell: ({ month }) => month },
    { header: 'Attribute', cell: ({ label }) => label },
    { header: 'Between', cell: ({ systems }) => betweenWords(systems.map(nameOf)) },
    { header: 'Found', figure: true, cell: ({ found }) => found.toLocaleString('en') },
    { header: 'Put right', figure: true, cell: ({ repaired }) => repaired.toLocaleString('en') },
    { header: 'Refused', figure: true, cell: ({ refused }) => refused.toLocaleString('en') },
    { header: 'Decided', figure: true, cell: ({ decided }) => decided.toLocaleString('en') },
  ];
  return (
    <>
      <DataTable
        label="What misalignment cost"
        columns={columns}
        rows={report.lines}
        rowKey={lineKey}
        empty={{
          title: 'It cost nothing in this time',
          advice: 'No refresh found a value that was otherwise than it was to be, and nobody had to decide about one.',
        }}
      />
      <Text size="sm" c="dimmed" p="md">
        Found: by refreshes that closed. Refused: the system did not store the value as it was sent. Decided: conflicts
        and change requests that a person settled, undone ones not counted. Events between refreshes are not counted.
        {report.leftOut > 0 && ` ${report.leftOut.toLocaleString('en')} lines of the least cost are left out.`}
      </Text>
    </>
  );
}

const saved: readonly ExportColumn<MisalignmentLine>[] = [
  { header: 'month', value: ({ month }) => month },
  { header: 'attribute', value: ({ attribute }) => attribute },
  { header: 'systems', value: ({ systems }) => systems.join(' ') },
  { header: 'found', value: ({ found }) => found },
  { header: 'repaired', value: ({ repaired }) => repaired },
  { header: 'refused', value: ({ refused }) => refused },
  { header: 'decided', value: ({ decided }) => decided },
];

function SaveButton({ report }: { report: Misalignment }) {
  return (
    <Button size="xs" variant="default" onClick={() => save('misalignment.csv', csvOf(saved, report.lines))}>
      Save as CSV
    </Button>
  );
}

function betweenWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]} and itself` : names.join(' and ');
}
