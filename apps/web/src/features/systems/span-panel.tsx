import type { System } from '@cinch/api-contract';
import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../api/may.ts';
import { InstantField } from '../../components/instant-field.tsx';
import { fromLocalField } from '../../components/local-instant.ts';
import { Panel } from '../../components/panel.tsx';
import { RefreshSome } from '../../components/refresh-some.tsx';

/** What changed or was sent in a span of time is compared and sent once more, as after a fault over there. */
export function SpanPanel({ system }: { system: System }) {
  const may = useMay('POST /api/v1/refreshes');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  if (!may) return null;
  const [since, until] = [fromLocalField(from), fromLocalField(to)];
  return (
    <Panel title="Send a span of time again">
      <Stack gap="sm">
        <Text size="sm" c="dimmed" maw="46rem">
          The customers that changed in that time, and those to whose rows something was sent in it, are compared with{' '}
          {system.name} once more; what differs is sent, also what it refused or changed before. You see the plan first.
        </Text>
        <Group gap="sm" align="end">
          <InstantField label="From" value={from} onChange={setFrom} />
          <InstantField label="Until before (else now)" value={to} onChange={setTo} />
        </Group>
        <div>
          <RefreshSome
            asked={{ system: system.code, ...(since && { since }), ...(until && { until }), resend: true }}
            label="Plan sending it again"
            disabled={since === null}
          />
        </div>
      </Stack>
    </Panel>
  );
}
