import type { System } from '@cinch/api-contract';
import { Badge, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { countOf } from '../../texts.ts';
import { sessionQuery } from '../session/queries.ts';
import { useSetLane, useSetOutbound } from '../systems/queries.ts';
import { Closing } from './closing.tsx';
import { useStartRefresh } from './queries.ts';

/** One system: whether the hub may write to it, what the last run proved, and the start of the next. */
export function SystemCard({ system }: { system: System }) {
  const isAdmin = useSuspenseQuery(sessionQuery).data.role === 'admin';
  return (
    <Panel
      title={system.name}
      aside={
        <Badge color={system.outbound === 'armed' ? 'green' : 'gray'}>
          {system.outbound === 'armed' ? 'armed' : 'outbound off'}
        </Badge>
      }
    >
      <Stack gap="md">
        <Stack gap={2}>
          <Text>
            <LastClosing lastRun={system.lastRun} />
          </Text>
          <Text size="sm" c="dimmed">
            {countOf(system.records, 'source record')}
            {system.waiting > 0 && `, ${system.waiting.toLocaleString('en')} waiting to be taken in`}
          </Text>
        </Stack>
        <Lane system={system} mayChange={isAdmin} />
        {isAdmin ? (
          <Starts system={system} />
        ) : (
          <Text size="sm" c="dimmed">
            An admin starts refreshes.
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function LastClosing({ lastRun }: Pick<System, 'lastRun'>) {
  if (!lastRun) return 'Not refreshed yet';
  return (
    <>
      {lastRun.closing ? <Closing closing={lastRun.closing} /> : `Last run: ${lastRun.phase}`}{' '}
      <TextLink
        to="/refreshes/$id"
        params={{ id: String(lastRun.runId) }}
        size="sm"
        aria-label={`Last run, ${lastRun.runId}`}
      >
        {lastRun.closedAt ? <Time at={lastRun.closedAt} /> : `run ${lastRun.runId}`}
      </TextLink>
    </>
  );
}

function Lane({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setLane = useSetLane(system);
  return (
    <>
      <Switch
        label="Send changes between refreshes"
        description={
          system.lane === 'on'
            ? 'A change goes out within seconds; the next refresh proves it.'
            : 'Changes wait for the next refresh.'
        }
        checked={system.lane === 'on'}
        disabled={!mayChange || setLane.isPending}
        onChange={({ currentTarget }) =>
          setLane.mutate(currentTarget.checked ? 'on' : 'off', {
            onSuccess: (_, lane) =>
              notifications.show({ message: `Changes between refreshes are ${lane} for ${system.name}` }),
          })
        }
      />
      <ProblemAlert error={setLane.error} />
    </>
  );
}

function Starts({ system }: { system: System }) {
  const start = useStartRefresh();
  const setOutbound = useSetOutbound(system);
  const navigate = useNavigate();
  const armed = system.outbound === 'armed';
  const begin = (mode: 'plan' | 'full') =>
    start.mutate(
      { system: system.code, mode },
      { onSuccess: ({ runId }) => void navigate({ to: '/refreshes/$id', params: { id: String(runId) } }) },
    );
  if (system.adapterUrl === null) {
    return (
      <Text size="sm" c="dimmed">
        This system only pushes: it has no adapter address, so the hub cannot refresh it.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button variant={armed ? 'default' : 'filled'} disabled={start.isPending} onClick={() => begin('plan')}>
          Plan a refresh
        </Button>
        {armed && (
          <Button loading={start.isPending} onClick={() => begin('full')}>
            Refresh now
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          ml="auto"
          loading={setOutbound.isPending}
          onClick={() => setOutbound.mutate(armed ? 'off' : 'armed')}
        >
          {armed ? 'Turn outbound off' : 'Arm'}
        </Button>
      </Group>
      {!armed && (
        <Text size="sm" c="dimmed">
          The hub only observes this system. Plan a refresh, look at the plan, then arm it: only then is anything sent.
        </Text>
      )}
      <ProblemAlert error={start.error ?? setOutbound.error} />
    </Stack>
  );
}
