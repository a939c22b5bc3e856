import { Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { strategyInWords } from '../../texts.ts';
import { useSystemName } from '../systems/queries.ts';

/** As much of a rule as the table shows; the document below has all of it. */
const rule = z.looseObject({
  strategy: z.string(),
  owner: z.string().optional(),
  system: z.string().optional(),
  owners: z.record(z.string(), z.string()).optional(),
});
const rules = z.looseObject({ default: rule, attributes: z.record(z.string(), rule) });
type Line = z.infer<typeof rule> & { attribute: string };

export function RulesTable({ document, aside }: { document: unknown; aside: ReactNode }) {
  const nameOf = useSystemName();
  const read = rules.safeParse(document);
  if (!read.success) return null;
  const lines: Line[] = [
    ...Object.entries(read.data.attributes).map(([attribute, one]) => ({ ...one, attribute })),
    { ...read.data.default, attribute: 'all others' },
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
        columns={columns(nameOf)}
        rows={lines}
        rowKey={({ attribute }) => attribute}
        empty={{ title: 'No rules' }}
      />
    </Panel>
  );
}

const columns = (nameOf: (code: string) => string): Column<Line>[] => [
  { header: 'Attribute', cell: ({ attribute }) => <Code>{attribute}</Code> },
  { header: 'Which value survives', cell: ({ strategy }) => strategyInWords(strategy) },
  {
    header: 'Owner',
    cell: ({ owner, system, owners }) => {
      const one = owner ?? system;
      if (one !== undefined) return <SystemName code={one} name={nameOf(one)} />;
      if (owners === undefined) return 'shared';
      return Object.entries(owners)
        .map(([phase, code]) => `${phase}: ${nameOf(code)}`)
        .join(', ');
    },
  },
];
