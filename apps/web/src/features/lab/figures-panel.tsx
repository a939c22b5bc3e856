import type { Show, Table } from '@cinch/lab';
import { Button, Group, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { csvOf } from '../../components/table/export-text.ts';
import { save } from '../../components/table/save.ts';
import { percent } from './arm-look.ts';

type Arm = Show['arms'][number];

/** All figures once more, as a table and as files. */
export function FiguresPanel({ show }: { show: Show }) {
  const files: [string, Table][] = [
    ['figures', show.tables.figures],
    ['days', show.tables.days],
    ['attributes', show.tables.attributes],
  ];
  return (
    <>
      <Panel
        title="All figures"
        aside={
          <Group gap="xs">
            {files.map(([name, table]) => (
              <Button key={name} size="xs" variant="default" onClick={() => save(`lab-${name}.csv`, csvText(table))}>
                {`Save ${name} as CSV`}
              </Button>
            ))}
          </Group>
        }
        flush
      >
        <DataTable
          label="Figures by arm"
          columns={columns}
          rows={show.arms}
          rowKey={({ id }) => id}
          empty={{ title: 'Nothing was played' }}
        />
        <Stack gap={4} p="md">
          {show.leftOut.length > 0 && (
            <Text size="sm" c="dimmed">
              Not played: {show.leftOut.map(({ attribute, why }) => `${attribute} (${why})`).join(', ')}.
            </Text>
          )}
          <Text size="sm" c="dimmed">
            A lost update is a true value that no system holds at the end and of which nobody was told. The same,
            larger, from the command line: npm run lab.
          </Text>
        </Stack>
      </Panel>
      {Object.keys(show.arms[0]!.summary.contested).length > 0 && <Readings show={show} />}
    </>
  );
}

/** How much the choice moves the figures, where what was meant is open to more than one reading. */
function Readings({ show }: { show: Show }) {
  return (
    <Panel title="What does “inactive” mean?" flush>
      <Text size="sm" px="md" pb="sm" maw="46rem">
        A system with fewer words than there are phases leaves open what it means. The figures above take its word to
        mean no more than it must: who was in one of its phases stays there. Taken literally it is always the mapping’s
        default; or the customer has left. Drift at the end by each of the three:
      </Text>
      <DataTable
        label="Drift at the end by what is meant"
        columns={readingColumns}
        rows={show.arms}
        rowKey={({ id }) => id}
        empty={{ title: 'Nothing was played' }}
      />
    </Panel>
  );
}

function csvText([head, ...lines]: Table): string {
  return csvOf(
    head!.map((header, place) => ({ header, value: (line: readonly string[]) => line[place] ?? null })),
    lines,
  );
}

const reading = (name: 'literal' | 'ended') => (arm: Arm) => {
  const band = arm.summary.contested[name];
  return band ? percent(band.mean) : '';
};

const columns: readonly Column<Arm>[] = [
  { header: 'Arm', width: '13rem', cell: ({ label }) => label },
  { header: 'At the end', figure: true, cell: ({ summary }) => percent(summary.end.mean) },
  { header: 'Mean', figure: true, cell: ({ summary }) => percent(summary.mean.mean) },
  { header: 'Worst day', figure: true, cell: ({ summary }) => percent(summary.worst.mean) },
  { header: 'Untold', figure: true, cell: ({ summary }) => percent(summary.untold.mean) },
  { header: 'Stale days', figure: true, cell: ({ summary }) => summary.staleDays.mean.toFixed(1) },
  { header: 'Lost', figure: true, cell: ({ summary }) => summary.lost.mean.toFixed(1) },
  {
    header: 'Answered',
    figure: true,
    cell: ({ summary }) => percent(Math.min(...summary.open.map((one) => one.mean)), 1),
  },
  { header: 'Messages', figure: true, cell: ({ summary }) => Math.round(summary.messages.mean).toLocaleString('en') },
  { header: 'kB', figure: true, cell: ({ summary }) => Math.round(summary.bytes.mean / 1000).toLocaleString('en') },
  { header: 'Rows written', figure: true, cell: ({ summary }) => Math.round(summary.rows.mean).toLocaleString('en') },
  { header: 'Acts', figure: true, cell: ({ summary }) => Math.round(summary.acts.mean).toLocaleString('en') },
];

const readingColumns: readonly Column<Arm>[] = [
  { header: 'Arm', width: '13rem', cell: ({ label }) => label },
  { header: 'No more than it must', figure: true, cell: ({ summary }) => percent(summary.end.mean) },
  { header: 'Literally', figure: true, cell: reading('literal') },
  { header: 'The customer has left', figure: true, cell: reading('ended') },
];
