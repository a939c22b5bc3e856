import type { ShapeList } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { entriesOf } from './model-edit.ts';
import { isList, type CanonicalModel, type Entry } from '../../api/canonical-model-shape.ts';
import { kindsInWords, roleInWords, shapeInWords } from './model-words.ts';

interface Props {
  model: CanonicalModel;
  shapes: ShapeList;
  aside: ReactNode;
}

/** Every attribute and list that there is, retired ones at the end. */
export function EntryTable({ model, shapes, aside }: Props) {
  const rows = entriesOf(model).toSorted((a, b) => Number(a.retired) - Number(b.retired));
  return (
    <Panel
      title="Attributes and lists"
      flush
      aside={
        <Text size="sm" c="dimmed">
          {aside}
        </Text>
      }
    >
      <DataTable
        label="Attributes and lists"
        columns={columnsWith(shapes)}
        rows={rows}
        rowKey={({ id }) => id}
        groupOf={({ retired }) => (retired ? 'Retired: nothing is read, written or kept golden of them' : null)}
        empty={{ title: 'No attributes' }}
      />
    </Panel>
  );
}

const columnsWith = (shapes: ShapeList): Column<Entry>[] => [
  {
    header: 'Attribute',
    width: '22%',
    cell: ({ label, id, description }) => (
      <>
        {label}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {id}
        </Text>
        {description && <Text size="sm">{description}</Text>}
      </>
    ),
  },
  { header: 'Shape', width: '22%', cell: (entry) => shapeInWords(entry, shapes) },
  { header: 'Belongs to', cell: (entry) => (isList(entry) || entry.level === 'customer' ? 'customer' : 'account') },
  { header: 'Of', cell: ({ kinds }) => kindsInWords(kinds) },
  {
    header: 'Sensitivity',
    cell: ({ sensitivity }) => (sensitivity === 'personal' ? sensitivity : <Badge color="amber">{sensitivity}</Badge>),
  },
  { header: 'Tells matching', cell: ({ matching }) => roleInWords(matching, shapes) },
];
