import type { System } from '@cinch/api-contract';
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { scheduleInWords } from './schedule-words.ts';

/** When the system is refreshed without anybody asking. */
export function SchedulePanel({ system }: { system: System }) {
  const mayChange = useMay('PUT /api/v1/systems/:system/schedule');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel
      title="When it is refreshed"
      aside={
        mayChange &&
        !isOpen && (
          <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
            Change the schedule
          </Button>
        )
      }
    >
      {isOpen ? <ScheduleForm system={system} onDone={() => setIsOpen(false)} /> : <Said system={system} />}
    </Panel>
  );
}

function Said({ system: { schedule, nextRunAt, lastScheduled, outbound } }: { system: System }) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {scheduleInWords(schedule)}
      </Text>
      {schedule.every !== 'never' && (
        <Text size="sm">
          {!schedule.applies
            ? 'The plan waits for a person.'
            : outbound === 'armed'
              ? 'The plan is applied when no brake holds it.'
              : 'The plan waits for a person: the system is not armed yet.'}
        </Text>
      )}
      {nextRunAt && (
        <Text size="sm">
          Next run: <Time at={nextRunAt} />
        </Text>
      )}
      {lastScheduled && (
        <Text size="sm" c="dimmed">
          Last due: <Time at={lastScheduled.dueAt} />,{' '}
          {lastScheduled.runId === null ? (
            `left out: ${lastScheduled.skipped ?? 'no run was started.'}`
          ) : (
            <TextLink to="/refreshes/$id" params={{ id: String(lastScheduled.runId) }}>
              run {lastScheduled.runId}
            </TextLink>
          )}
        </Text>
      )}
    </Stack>
  );
}
