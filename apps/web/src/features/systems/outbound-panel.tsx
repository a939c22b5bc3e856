import type { Outbound } from '@cinch/api-contract';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { outboundQuery, useSetAllOutbound } from './outbound-queries.ts';

/** The one switch for all that the hub sends: how it stands, and who may change that does. */
export function OutboundPanel() {
  const query = useQuery(outboundQuery);
  const mayChange = useMay('PUT /api/v1/outbound');
  return (
    <Panel title="All outbound">
      <ProblemAlert error={query.error} />
      {query.data && (
        <Stack gap="sm">
          <OutboundState shown={query.data} />
          {mayChange && <OutboundForm shown={query.data} />}
        </Stack>
      )}
    </Panel>
  );
}

function OutboundState({ shown: { outbound, reason, setBy, setAt, restoredAt, mustHear } }: { shown: Outbound }) {
  if (outbound === 'on') return <Text>The hub sends to every system that is armed.</Text>;
  const since = restoredAt ?? setAt;
  return (
    <div>
      <Text fw={600}>Paused: the hub sends nothing. Changes wait, and plans are made all the same.</Text>
      <Text>
        {restoredAt === null ? `By ${setBy ?? 'the hub'}` : 'The hub was restored from a backup'}
        {since !== null && (
          <>
            , since <Time at={since} seconds />
          </>
        )}
        {reason !== '' && `: ${reason}`}
      </Text>
      {mustHear.length > 0 && <Text>To be heard before it may send again: {mustHear.join(', ')}.</Text>}
    </div>
  );
}

function OutboundForm({ shown }: { shown: Outbound }) {
  const [reason, setReason] = useState('');
  const set = useSetAllOutbound();
  const isOn = shown.outbound === 'on';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set.mutate({ outbound: isOn ? 'paused' : 'on', reason }, { onSuccess: () => setReason('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Reason"
            required
            withAsterisk={false}
            w="min(28rem, 100%)"
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" variant={isOn ? 'default' : 'filled'} loading={set.isPending}>
            {isOn ? 'Pause all outbound' : 'Let it go'}
          </Button>
        </Group>
        <ProblemAlert error={set.error} />
      </Stack>
    </form>
  );
}
