import type { ScopePreview } from '@cinch/api-contract';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/table/column.ts';
import { ReachReport } from '../../components/reach-report.tsx';

interface Line {
  what: string;
  now: number;
  proposed: number;
}

/** Whom another scope would take in and leave out, beside the one in force. */
export function ScopeReport({ preview }: { preview: ScopePreview }) {
  const { inForce, proposed, reach } = preview;
  const lines = (['create', 'withheld', 'refresh', 'surplus'] as const).map((kind): Line => {
    return { what: words[kind], now: inForce[kind], proposed: proposed[kind] };
  });
  return (
    <>
      <DataTable
        label="Whom the scope concerns"
        columns={columns}
        rows={lines}
        rowKey={({ what }) => what}
        empty={{ title: 'Nobody' }}
      />
      <ReachReport reach={reach} />
    </>
  );
}

const words = {
  create: 'Would be given a record',
  withheld: 'Would be, but may have one there already',
  refresh: 'Have a record that belongs there',
  surplus: 'Have a record that does not belong there',
};

const columns: readonly Column<Line>[] = [
  { header: 'Customers who', cell: ({ what }) => what },
  { header: 'Now', figure: true, cell: ({ now }) => now.toLocaleString('en') },
  { header: 'With the new scope', figure: true, cell: (line) => line.proposed.toLocaleString('en') },
];
