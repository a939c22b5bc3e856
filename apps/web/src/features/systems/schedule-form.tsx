import type { System } from '@cinch/api-contract';
import { Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { FormEnd } from '../../components/form-end.tsx';
import { useSetSchedule } from './queries.ts';
import {
  scheduleChoices,
  scheduleFieldsOf,
  scheduleInWords,
  scheduleOf,
  weekdayChoices,
  zoneChoices,
  type ScheduleFields,
} from './schedule-words.ts';

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function ScheduleForm({ system, onDone }: { system: System; onDone: () => void }) {
  const [fields, setFields] = useState(() => scheduleFieldsOf(system.schedule, ownZone));
  const set = useSetSchedule(system);
  const change = (to: Partial<ScheduleFields>) => setFields({ ...fields, ...to });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const schedule = scheduleOf(fields);
    set.mutate(schedule, {
      onSuccess: () => {
        notifications.show({
          message: `Refreshes of ${system.name}: ${scheduleInWords(schedule)}`,
          closeButtonProps: { 'aria-label': 'Close' },
        });
        onDone();
      },
    });
  };
  const byClock = fields.every === 'day' || fields.every === 'week';
  return (
    <form onSubmit={send}>
      <Stack>
        <Group gap="md" align="end">
          <NativeSelect
            label="A refresh starts"
            data={scheduleChoices}
            value={fields.every}
            onChange={({ currentTarget }) => change({ every: currentTarget.value as ScheduleFields['every'] })}
          />
          {fields.every === 'hours' && (
            <TextInput
              label="Hours in between"
              type="number"
              min={1}
              max={168}
              required
              w="9rem"
              value={fields.hours}
              onChange={({ currentTarget }) => change({ hours: currentTarget.value })}
            />
          )}
          {fields.every === 'week' && (
            <NativeSelect
              label="On"
              data={weekdayChoices}
              value={fields.day}
              onChange={({ currentTarget }) => change({ day: currentTarget.value as ScheduleFields['day'] })}
            />
          )}
          {byClock && (
            <>
              <TextInput
                label="At"
                type="time"
                required
                w="8rem"
                value={fields.at}
                onChange={({ currentTarget }) => change({ at: currentTarget.value })}
              />
              <NativeSelect
                label="By the clocks of"
                data={zoneChoices(ownZone)}
                value={fields.zone}
                onChange={({ currentTarget }) => change({ zone: currentTarget.value })}
              />
            </>
          )}
        </Group>
        {fields.every !== 'never' && (
          <Switch
            label="Apply the plan when no brake holds it"
            description={
              fields.applies
                ? 'What differs is sent without a person looking, as far as the limits let it pass.'
                : 'The plan waits for a person. A later one takes its place.'
            }
            checked={fields.applies}
            onChange={({ currentTarget }) => change({ applies: currentTarget.checked })}
          />
        )}
        <FormEnd submit="Use this schedule" isPending={set.isPending} error={set.error} onCancel={onDone} />
      </Stack>
    </form>
  );
}
