import type { System } from '@cinch/api-contract';
import { Button, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useStartRefresh } from './queries.ts';

/** Planning is always allowed; only an armed system can be refreshed at once. */
export function RefreshStart({ system }: { system: System }) {
  const start = useStartRefresh();
  const navigate = useNavigate();
  const armed = system.outbound === 'armed';
  const begin = (mode: 'plan' | 'full') =>
    start.mutate(
      { system: system.code, mode },
      { onSuccess: ({ runId }) => void navigate({ to: '/refreshes/$id', params: { id: String(runId) } }) },
    );
  const isStarting = (mode: 'plan' | 'full') => start.isPending && start.variables.mode === mode;
  return (
    <>
      <Group gap="sm">
        <Button variant={armed ? 'default' : 'filled'} loading={isStarting('plan')} onClick={() => begin('plan')}>
          Plan a refresh
        </Button>
        {armed && (
          <Button loading={isStarting('full')} onClick={() => begin('full')}>
            Refresh now
          </Button>
        )}
      </Group>
      {!armed && (
        <Text size="sm" c="dimmed">
          Plan a refresh and look at its plan. Then arm the system: only then is anything sent.
        </Text>
      )}
      <ProblemAlert error={start.error} />
    </>
  );
}
