import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { useNames } from './queries.ts';
import { ruleDocument, type Rule } from './rule-shape.ts';
import { ruleInFull, type Names } from './rule-words.ts';

type Line = Rule & { of: string };

export function RulesTable({ document, aside }: { document: unknown; aside: ReactNode }) {
  const names = useNames();
  const read = ruleDocument.safeParse(document);
  if (!read.success) return null;
  const lines: Line[] = [
    ...Object.entries(read.data.attributes).map(([attribute, one]) => ({ ...one, of: names.attribute(attribute) })),
    { ...read.data.default, of: 'All others' },
  ];
  return (
    <Panel
      title="Rules in force"
      flush
      aside={
        <Text size="sm" c="dimmed">
          {aside}
        </Text>
      }
    >
      <DataTable
        label="Rules in force"
        columns={columns(names)}
        rows={lines}
        rowKey={({ of }) => of}
        empty={{ title: 'No rules' }}
      />
    </Panel>
  );
}

const columns = (names: Names): Column<Line>[] => [
  { header: 'Attribute', width: '24%', cell: ({ of }) => of },
  { header: 'Which value survives', cell: ({ of: _, ...rule }) => ruleInFull(rule, names) },
  {
    header: 'Mastered by',
    width: '22%',
    cell: ({ owner, system, owners }) => mastersOf({ owner, system, owners }, names),
  },
];

function mastersOf({ owner, system, owners }: Pick<Rule, 'owner' | 'system' | 'owners'>, names: Names): ReactNode {
  const codes = [...new Set([owner, system, ...Object.values(owners ?? {})])].filter((code) => code !== undefined);
  if (codes.length === 0) return 'shared';
  return (
    <Group gap="sm">
      {codes.map((code) => (
        <SystemName key={code} code={code} name={names.system(code)} />
      ))}
    </Group>
  );
}
