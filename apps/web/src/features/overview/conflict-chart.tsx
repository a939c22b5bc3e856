import type { Overview } from '@cinch/api-contract';
import { BarList } from '../../components/charts/bar-list.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyView } from '../../components/empty-view.tsx';
import { TextLink } from '../../components/link.tsx';

type Attribute = Overview['conflicts'][number];

const barsShown = 8;

export function ConflictChart({ conflicts, asTable }: { conflicts: readonly Attribute[]; asTable: boolean }) {
  if (conflicts.length === 0)
    return <EmptyView title="No open conflicts">The systems agree, or the rules could decide.</EmptyView>;
  if (asTable)
    return (
      <DataTable
        label="Open conflicts by attribute"
        columns={columns}
        rows={conflicts}
        rowKey={({ attribute }) => attribute}
        empty={{ title: 'No open conflicts' }}
      />
    );
  return (
    <BarList
      label="Open conflicts by attribute"
      bars={conflicts.slice(0, barsShown).map((one) => ({
        key: one.attribute,
        label: <AttributeLink one={one} />,
        parts: [{ name: 'Open', value: one.open, tone: 'person' }],
      }))}
    />
  );
}

function AttributeLink({ one: { attribute, label } }: { one: Attribute }) {
  return (
    <TextLink to="/conflicts" search={{ attribute }} underline="hover">
      {label}
    </TextLink>
  );
}

const columns: readonly Column<Attribute>[] = [
  { header: 'Attribute', cell: (one) => <AttributeLink one={one} /> },
  { header: 'Open', figure: true, cell: ({ open }) => open.toLocaleString('en') },
];
