import type { System } from '@cinch/api-contract';
import { Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../problem-alert.tsx';
import { LaneWaitsAlert } from './lane-waits-alert.tsx';
import { StandingAnswerAlert } from './standing-answer-alert.tsx';
import { LaneBrakeAlert } from './lane-brake-alert.tsx';
import { useSetInbound, useSetLane, useSetMastering, useSetOutbound } from '../../api/systems.ts';

/** Whether what the system pushes is taken. */
export function InboundSwitch({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setInbound = useSetInbound(system);
  const { name } = system;
  return (
    <>
      <SystemSwitch
        label="Takes what the system pushes"
        value={system.inbound}
        on={{ value: 'on', means: 'What it pushes is accepted.', said: `What ${name} pushes is accepted` }}
        off={{
          value: 'paused',
          means: 'Paused: what it pushes is refused with 429, so that it sends it again later.',
          said: `What ${name} pushes is refused for now`,
        }}
        change={setInbound}
        mayChange={mayChange}
      />
      <ProblemAlert error={setInbound.error} />
    </>
  );
}

/** What the hub may send to the system, and when. */
export function SystemSwitches({ system, mayChange }: { system: System; mayChange: boolean }) {
  const setOutbound = useSetOutbound(system);
  const setLane = useSetLane(system);
  const setMastering = useSetMastering(system);
  const { name } = system;
  const isArmed = system.outbound === 'armed';
  return (
    <>
      <SystemSwitch
        label="Armed"
        value={system.outbound}
        on={{ value: 'armed', means: 'A refresh may write to this system.', said: `${name} is armed` }}
        off={{
          value: 'off',
          means: 'The hub only observes this system.',
          said: `Nothing is sent to ${name} any more`,
        }}
        change={setOutbound}
        mayChange={mayChange}
      />
      <SystemSwitch
        label="Send changes between refreshes"
        value={system.lane}
        on={{
          value: 'on',
          means: isArmed
            ? 'A change goes out within seconds; the next refresh proves it.'
            : 'A change goes out within seconds as soon as the system is armed; until then nothing is sent.',
          said: isArmed ? `Changes go to ${name} within seconds` : `Changes go to ${name} as soon as it is armed`,
        }}
        off={{
          value: 'off',
          means: 'Changes wait for the next refresh.',
          said: `Changes for ${name} wait for the next refresh`,
        }}
        change={setLane}
        mayChange={mayChange}
      />
      <SystemSwitch
        label="Masters"
        value={system.mastering}
        on={{ value: 'on', means: 'All that it tells counts by the rules.', said: `All that ${name} tells counts` }}
        off={{
          value: 'new',
          means:
            'New: beyond five, what it would change of customers that others told of is held until its reach was seen.',
          said: `What ${name} would change of others waits to be seen`,
        }}
        change={setMastering}
        mayChange={mayChange}
      />
      <StandingAnswerAlert system={system} mayChange={mayChange} />
      <LaneWaitsAlert system={system} />
      <LaneBrakeAlert system={system} mayChange={mayChange} />
      <ProblemAlert error={setOutbound.error ?? setLane.error ?? setMastering.error} />
    </>
  );
}

interface Position<Value> {
  value: Value;
  /** What it means while it is so. */
  means: string;
  /** What is said when it came to be so. */
  said: string;
}

interface SystemSwitchProps<Value> {
  label: string;
  value: Value;
  on: Position<Value>;
  off: Position<Value>;
  change: UseMutationResult<void, Error, Value>;
  mayChange: boolean;
}

function SystemSwitch<Value extends string>({ label, value, on, off, change, mayChange }: SystemSwitchProps<Value>) {
  // What was just asked for shows in the very moment, and falls back should the hub refuse.
  const [asked, ask] = useState<Value | null>(null);
  const position = (asked ?? value) === on.value ? on : off;
  const move = (to: Position<Value>) => {
    ask(to.value);
    change.mutate(to.value, {
      onSuccess: () => notifications.show({ message: to.said, closeButtonProps: { 'aria-label': 'Close' } }),
      onSettled: () => ask(null),
    });
  };
  // A switch that nobody can move would only look broken.
  if (!mayChange)
    return (
      <div>
        <Text>
          {label}: {position === on ? 'yes' : 'no'}
        </Text>
        <Text size="xs" c="dimmed">
          {position.means}
        </Text>
      </div>
    );
  return (
    <Switch
      label={label}
      description={position.means}
      checked={position === on}
      onChange={({ currentTarget }) => move(currentTarget.checked ? on : off)}
    />
  );
}
