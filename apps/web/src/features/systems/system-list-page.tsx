import type { System } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { Closing } from '../refreshes/closing.tsx';
import { systemsQuery } from './queries.ts';

export function SystemListPage() {
  const query = useQuery(systemsQuery);
  return (
    <PageFrame
      title="Systems"
      lead="Those that the hub hears and writes to: what each may do, how its records are read, and how equal its copy is."
    >
      <Panel flush>
        <Loaded query={query}>
          {(systems) => (
            <DataTable
              label="Systems"
              columns={columns}
              rows={systems}
              rowKey={({ code }) => code}
              empty={{
                title: 'No systems yet',
                advice: 'Add the first one over the API: POST /api/v1/systems, then its mapping and its key.',
              }}
            />
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

const columns: readonly Column<System>[] = [
  {
    header: 'System',
    cell: ({ code, name }) => (
      <TextLink to="/systems/$code" params={{ code }} fw={600} underline="hover">
        <SystemName code={code} name={name} />
      </TextLink>
    ),
  },
  { header: 'State', cell: (system) => <SystemBadges system={system} /> },
  {
    header: 'Mapping',
    cell: ({ mappingVersion }) => (mappingVersion === null ? 'none yet' : `version ${mappingVersion}`),
  },
  { header: 'Records', figure: true, cell: ({ records }) => records.toLocaleString('en') },
  { header: 'Waiting', figure: true, cell: ({ waiting }) => waiting.toLocaleString('en') },
  {
    header: 'Last refresh',
    cell: ({ lastRun }) =>
      lastRun === null ? (
        'none yet'
      ) : (
        <>
          <TextLink to="/refreshes/$id" params={{ id: String(lastRun.runId) }} underline="hover">
            {lastRun.closing ? <Closing closing={lastRun.closing} /> : lastRun.phase}
          </TextLink>
          {lastRun.closedAt && (
            <Text size="sm" c="dimmed">
              <Time at={lastRun.closedAt} />
            </Text>
          )}
        </>
      ),
  },
];

export function SystemBadges({ system: { outbound, lane, inbound } }: { system: System }) {
  return (
    <Group gap={6}>
      <Badge color={outbound === 'armed' ? 'leaf' : 'slate'}>{outbound === 'armed' ? 'armed' : 'observed only'}</Badge>
      {lane === 'on' && <Badge color="lagoon">changes sent at once</Badge>}
      {inbound === 'paused' && <Badge color="amber">pushes paused</Badge>}
    </Group>
  );
}
