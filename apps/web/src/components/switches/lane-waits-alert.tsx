import type { System } from '@cinch/api-contract';
import { Alert, Text } from '@mantine/core';
import { IconHourglass } from '../icons.tsx';

/** Why nothing goes out between refreshes although the lane is on: what was published has to be proved by a refresh first. */
export function LaneWaitsAlert({ system: { laneWaits, lane, name } }: { system: System }) {
  if (lane === 'off' || laneWaits === null) return null;
  return (
    <Alert color="amber" icon={<IconHourglass aria-hidden />} title={`The lane to ${name} waits for a refresh`}>
      <Text size="sm">
        Published since the last refresh that closed: {laneWaits.map(inWords).join(', ')}. What that changes is looked
        at in the plan of a refresh before it goes out; what was pushed meanwhile goes with it. When it has closed,
        changes go out within seconds again.
      </Text>
    </Alert>
  );
}

function inWords(document: string): string {
  if (document === 'rules') return 'the rules';
  if (document === 'scope') return 'who has a place there';
  return `the ${document.replace(' ', ' of ')}`;
}
