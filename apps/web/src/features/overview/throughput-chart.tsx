import type { Overview } from '@cinch/api-contract';
import { ColumnChart } from '../../components/charts/column-chart.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Time } from '../../components/time.tsx';

type Hour = Overview['throughput'][number];

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function ThroughputChart({ throughput, asTable }: { throughput: readonly Hour[]; asTable: boolean }) {
  if (asTable)
    return (
      <DataTable
        label="Lines accepted by the hour"
        columns={columns}
        rows={throughput.toReversed()}
        rowKey={({ from }) => from}
        empty={{ title: 'Nothing was accepted' }}
      />
    );
  return (
    <ColumnChart
      label={`Lines accepted by the hour: ${totalOf(throughput).toLocaleString('en')} in all`}
      columns={throughput.map(({ from, accepted, errors }) => ({
        key: from,
        label: clock.format(new Date(from)),
        title: `From ${clock.format(new Date(from))}: ${accepted.toLocaleString('en')} lines, ${errors.toLocaleString('en')} in error`,
        parts: [
          { name: 'In error', value: errors, tone: 'wrong' },
          { name: 'Accepted', value: accepted - errors, tone: 'work' },
        ],
      }))}
    />
  );
}

function totalOf(throughput: readonly Hour[]): number {
  return throughput.reduce((sum, { accepted }) => sum + accepted, 0);
}

const columns: readonly Column<Hour>[] = [
  { header: 'Hour from', cell: ({ from }) => <Time at={from} /> },
  { header: 'Accepted', figure: true, cell: ({ accepted }) => accepted.toLocaleString('en') },
  { header: 'In error', figure: true, cell: ({ errors }) => errors.toLocaleString('en') },
];
