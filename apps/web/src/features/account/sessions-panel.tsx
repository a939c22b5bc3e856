import type { OwnSession } from '@cinch/api-contract';
import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { ownSessionsQuery, useEndSessions } from './queries.ts';

/** Where the person is logged in, and the end of it. */
export function SessionsPanel() {
  const sessions = useQuery(ownSessionsQuery);
  const end = useEndSessions();
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  const columns: readonly Column<OwnSession>[] = [
    { header: 'Browser', cell: ({ userAgent }) => browserIn(userAgent) },
    { header: 'Logged in', cell: ({ loggedInAt }) => <Time at={loggedInAt} /> },
    { header: 'Ends', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    {
      header: 'Acts',
      cell: ({ sessionId, isThis }) =>
        isThis ? (
          <Badge color="leaf">This one</Badge>
        ) : (
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(sessionId)}>
            End
          </Button>
        ),
    },
  ];
  return (
    <Panel
      title="Where you are logged in"
      flush
      aside={
        hasOthers && (
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate('others')}>
            End all others
          </Button>
        )
      }
    >
      <ProblemAlert error={end.error} />
      <Loaded query={sessions}>
        {(list) => (
          <DataTable
            label="Sessions"
            columns={columns}
            rows={list}
            rowKey={({ sessionId }) => sessionId}
            empty={{ title: 'No session' }}
          />
        )}
      </Loaded>
    </Panel>
  );
}

/** The names that people know, out of what browsers call themselves. */
function browserIn(userAgent: string | null): string {
  if (userAgent === null) return 'Unknown';
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) => userAgent.includes(name));
  if (browser === undefined) return userAgent.slice(0, 60);
  const named = browser === 'Edg' ? 'Edge' : browser;
  return system === undefined ? named : `${named} on ${system}`;
}
