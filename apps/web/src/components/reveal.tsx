import { masked, revealed, type Revealed } from '@cinch/api-contract';
import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMay } from '../api/may.ts';
import { write } from '../api/call.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { SystemName } from './system-name.tsx';

/** Beside a value that is masked: shows it to whoever may have it revealed, until the page is left. The hub notes who asked for which. */
export function Reveal(props: { customerId: string; attribute: string; label: string }) {
  const { customerId, attribute, label } = props;
  const mayReveal = useMay('POST /api/v1/customers/:customerId/reveal');
  const reveal = useMutation({
    mutationFn: () => {
      const path = `/customers/${encodeURIComponent(customerId)}/reveal`;
      return write('POST', path, { attribute: attribute.split(':', 1)[0] }, revealed);
    },
    // What was revealed stays nowhere.
    gcTime: 0,
  });
  if (!mayReveal) return null;
  if (reveal.data) return <Values {...reveal.data} />;
  return (
    <Stack gap={4} align="flex-start">
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Reveal ${label}`}
        title="The audit notes that you have looked at it"
        loading={reveal.isPending}
        onClick={() => reveal.mutate()}
      >
        Reveal
      </Button>
      <ProblemAlert error={reveal.error} />
    </Stack>
  );
}

export function isMasked(display: string): boolean {
  return display === masked;
}

function Values({ label, golden, said }: Revealed) {
  return (
    <Stack gap={2} role="status" aria-label={`${label}, revealed`}>
      {golden.map(({ attribute, display }) => (
        <Text key={attribute} inherit fw={600}>
          {display || 'Cleared'}
        </Text>
      ))}
      <List size="sm">
        {said.map(({ system, systemName, sourceId, display }, place) => (
          <List.Item key={place}>
            <SystemName code={system} name={systemName} /> {sourceId}: {display || 'cleared'}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
