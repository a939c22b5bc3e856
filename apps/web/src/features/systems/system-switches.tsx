import type { System } from '@cinch/api-contract';
import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSetLane, useSetOutbound } from './queries.ts';

/** What the hub may send to the system, and when. */
export function SystemSwitches({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setOutbound = useSetOutbound(system);
  const setLane = useSetLane(system);
  // What was just asked for shows at once, and falls back should the hub refuse.
  const outbound = setOutbound.isPending ? setOutbound.variables : system.outbound;
  const lane = setLane.isPending ? setLane.variables : system.lane;
  const said = (message: string) => notifications.show({ message, closeButtonProps: { 'aria-label': 'Close' } });
  return (
    <>
      <Switch
        label="Armed"
        description={
          outbound === 'armed' ? 'A refresh may write to this system.' : 'The hub only observes this system.'
        }
        checked={outbound === 'armed'}
        disabled={!mayChange}
        onChange={({ currentTarget }) =>
          setOutbound.mutate(currentTarget.checked ? 'armed' : 'off', {
            onSuccess: (_, set) =>
              said(set === 'armed' ? `${system.name} is armed` : `Nothing is sent to ${system.name} any more`),
          })
        }
      />
      <Switch
        label="Send changes between refreshes"
        description={
          lane === 'on'
            ? 'A change goes out within seconds; the next refresh proves it.'
            : 'Changes wait for the next refresh.'
        }
        checked={lane === 'on'}
        disabled={!mayChange}
        onChange={({ currentTarget }) =>
          setLane.mutate(currentTarget.checked ? 'on' : 'off', {
            onSuccess: (_, set) =>
              said(
                set === 'on'
                  ? `Changes go to ${system.name} within seconds`
                  : `Changes for ${system.name} wait for the next refresh`,
              ),
          })
        }
      />
      <ProblemAlert error={setOutbound.error ?? setLane.error} />
    </>
  );
}
