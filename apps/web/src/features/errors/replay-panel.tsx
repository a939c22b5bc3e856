import type { Replay } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { replaysQuery } from './queries.ts';

export function ReplayPanel() {
  const query = useQuery(replaysQuery);
  return (
    <Panel title="Last replays" flush>
      <Loaded query={query}>
        {({ replays }) => (
          <DataTable
            label="Last replays"
            columns={columns}
            rows={replays}
            rowKey={({ replayId }) => replayId}
            empty={{ title: 'Nothing has been replayed yet' }}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const figure = (header: string, count: (replay: Replay) => number): Column<Replay> => ({
  header,
  figure: true,
  cell: (replay) => count(replay).toLocaleString('en'),
});

const columns: readonly Column<Replay>[] = [
  {
    header: 'Replay',
    cell: ({ replayId, askedAt, by }) => (
      <>
        {replayId}, <Time at={askedAt} />
        <Text size="sm" c="dimmed">
          by {by}
        </Text>
      </>
    ),
  },
  figure('Lines', ({ lines }) => lines),
  figure('Waiting', ({ waiting }) => waiting),
  figure('Taken in', ({ applied, superseded }) => applied + superseded),
  figure('Wrong again', ({ error }) => error),
  figure('Settled before', ({ settled }) => settled),
];
