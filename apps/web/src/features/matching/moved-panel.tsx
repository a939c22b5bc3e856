import type { MovedRecordPage } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { sentenceCase } from '../../texts.ts';
import { movedQuery } from './queries.ts';

type Move = MovedRecordPage['moves'][number];

/** Which records are at another customer than before, and why: for whoever keeps ids of customers elsewhere. */
export function MovedPanel() {
  const moved = useQuery(movedQuery);
  return (
    <Panel title="Ids that moved" flush>
      <Text size="sm" maw="46rem" px="1.25rem" pt="xs" pb="sm">
        Records that left one customer for another, the latest first. Publishing the same again, or working everything
        out anew, moves none. Both ids stay valid; all of them come with <code>cinch moved</code>.
      </Text>
      <Loaded query={moved}>
        {({ moves }) => (
          <DataTable
            label="Records that left one customer for another"
            columns={columns}
            rows={moves}
            rowKey={({ moveId }) => moveId}
            empty={{ title: 'No id has moved' }}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const columns: readonly Column<Move>[] = [
  { header: 'When', width: '13rem', cell: ({ at }) => <Time at={at} /> },
  { header: 'Record', width: '20%', cell: ({ system, sourceId }) => `${system} ${sourceId}` },
  { header: 'From', width: '8rem', cell: ({ from }) => <Customer id={from} /> },
  { header: 'To', width: '8rem', cell: ({ to }) => <Customer id={to} /> },
  {
    header: 'Because',
    cell: ({ because, reason }) => `${sentenceCase(because)}${reason ? `: ${reason}` : ''}`,
  },
];

function Customer({ id }: { id: string }) {
  return (
    <TextLink to="/customers/$id" params={{ id }} title={id}>
      {id.slice(0, 8)}
    </TextLink>
  );
}
