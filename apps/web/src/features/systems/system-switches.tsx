import type { System } from '@cinch/api-contract';
import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSetLane, useSetOutbound } from './queries.ts';

/** What the hub may send to the system, and when. */
export function SystemSwitches({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setOutbound = useSetOutbound(system);
  const setLane = useSetLane(system);
  const said = (message: string) => notifications.show({ message, closeButtonProps: { 'aria-label': 'Close' } });
  return (
    <>
      <Switch
        label="Armed"
        description={
          system.outbound === 'armed' ? 'A refresh may write to this system.' : 'The hub only observes this system.'
        }
        checked={system.outbound === 'armed'}
        disabled={!mayChange || setOutbound.isPending}
        onChange={({ currentTarget }) =>
          setOutbound.mutate(currentTarget.checked ? 'armed' : 'off', {
            onSuccess: (_, outbound) =>
              said(outbound === 'armed' ? `${system.name} is armed` : `Nothing is sent to ${system.name} any more`),
          })
        }
      />
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
              said(
                lane === 'on'
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
