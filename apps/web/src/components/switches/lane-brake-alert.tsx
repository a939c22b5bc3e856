import type { System } from '@cinch/api-contract';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHandStop } from '../icons.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { Time } from '../time.tsx';
import { countOf } from '../../texts.ts';
import { excessInWords } from '../runs/brake-words.ts';
import { useSetLane } from '../../api/systems.ts';

/** Why nothing goes out between refreshes, though it should, and how it goes on. */
export function LaneBrakeAlert({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setLane = useSetLane(system);
  const { laneBraked: why, name } = system;
  if (!why) return null;
  const goOn = () =>
    setLane.mutate('on', {
      onSuccess: () =>
        notifications.show({
          message: `Changes go to ${name} again`,
          closeButtonProps: { 'aria-label': 'Close' },
        }),
    });
  return (
    <Alert color="amber" icon={<IconHandStop aria-hidden />} title={`The lane to ${name} has paused itself`}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          <Time at={why.at} />: {why.deaths === undefined ? tooMuch(why) : deadly(why.deaths)} What waits is not lost:
          it goes out when the lane goes on, or with the next refresh.
        </Text>
        {mayChange ? (
          <Button size="xs" loading={setLane.isPending} onClick={goOn}>
            {why.deaths === undefined ? 'Let it go on for another hour’s limit' : 'Let it go on'}
          </Button>
        ) : (
          <Text size="sm">An admin lets it go on.</Text>
        )}
        <ProblemAlert error={setLane.error} />
      </Stack>
    </Alert>
  );
}

function tooMuch(why: NonNullable<System['laneBraked']>): string {
  return `${excessInWords({ code: 'changed-share', ...why })} within an hour. A system that pushes the same change everywhere looks like this.`;
}

function deadly(deaths: number): string {
  return `the hub died ${countOf(deaths, 'time')} while it sent to this system between refreshes and tried nothing else. The end of its log says more.`;
}
