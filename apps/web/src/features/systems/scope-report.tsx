import type { ScopePreview } from '@cinch/api-contract';
import { Alert } from '@mantine/core';
import { IconUsers } from '../../components/icons.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/table/column.ts';
import { countOf } from '../../texts.ts';

interface Line {
  what: string;
  now: number;
  proposed: number;
}

/** Whom another scope would take in and leave out, beside the one in force. */
export function ScopeReport({ preview, name }: { preview: ScopePreview; name: string }) {
  const { inForce, proposed, changed } = preview;
  const lines = (['create', 'withheld', 'refresh', 'surplus'] as const).map((kind): Line => {
    return { what: words[kind], now: inForce[kind], proposed: proposed[kind] };
  });
  return (
    <>
      <Alert role="status" color={changed === 0 ? 'slate' : 'lagoon'} icon={<IconUsers aria-hidden />}>
        {changed === 0
          ? 'It concerns none of the customers that are here today.'
          : `${countOf(changed, 'customer')} would be something else to ${name} than they are now. Nothing is sent before a refresh.`}
      </Alert>
      <DataTable
        label="Whom the scope concerns"
        columns={columns}
        rows={lines}
        rowKey={({ what }) => what}
        empty={{ title: 'Nobody' }}
      />
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
