import type { System } from '@cinch/api-contract';
import { Badge, Stack, Text } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { countOf } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { SystemSwitches } from '../../components/switches/system-switches.tsx';
import { Closing } from '../../components/runs/closing.tsx';
import { RefreshStart } from './refresh-start.tsx';

/** One system: what the last run proved, whether the hub may write to it, and the start of the next run. */
export function SystemCard({ system }: { system: System }) {
  const mayStart = useMay('POST /api/v1/refreshes');
  const maySwitch = useMay('PUT /api/v1/systems/:system/lane');
  const armed = system.outbound === 'armed';
  return (
    <Panel
      title={system.name}
      aside={<Badge color={armed ? 'leaf' : 'slate'}>{armed ? 'armed' : 'outbound off'}</Badge>}
    >
      <Stack gap="md">
        <div>
          <LastRun lastRun={system.lastRun} />
          <Text size="sm" c="dimmed">
            {countOf(system.records, 'source record')}
            {system.waiting > 0 && `, ${system.waiting.toLocaleString('en')} waiting to be taken in`}
          </Text>
        </div>
        {system.adapterUrl === null ? (
          <Text size="sm" c="dimmed">
            This system only pushes: it has no adapter address, so the hub cannot refresh it.
          </Text>
        ) : (
          <>
            <SystemSwitches system={system} mayChange={maySwitch} />
            {mayStart ? (
              <RefreshStart system={system} />
            ) : (
              <Text size="sm" c="dimmed">
                An admin starts refreshes.
              </Text>
            )}
          </>
        )}
      </Stack>
    </Panel>
  );
}

function LastRun({ lastRun }: Pick<System, 'lastRun'>) {
  if (!lastRun) return <Text>Not refreshed yet</Text>;
  const { runId, closing, closedAt, phase } = lastRun;
  return (
    <>
      <Text>{closing ? <Closing closing={closing} /> : `Last run ${phase}`}</Text>
      <Text size="sm" c="dimmed">
        <TextLink to="/refreshes/$id" params={{ id: String(runId) }}>
          Run {runId}
        </TextLink>
        {closedAt && (
          <>
            , <Time at={closedAt} />
          </>
        )}
      </Text>
    </>
  );
}
