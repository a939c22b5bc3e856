import type { System } from '@cinch/api-contract';
import { Badge, Button, Group, List, Text } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../components/panel.tsx';
import { countOf } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { brakes, limitInForce } from './limit-words.ts';
import { percentOf } from '../../components/percent-of.ts';
import { LimitsForm } from './limits-form.tsx';

/** When the hub stops by itself and waits for a person. */
export function LimitsPanel({ system }: { system: System }) {
  const mayChange = useMay('PUT /api/v1/systems/:system/limits');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel
      title="When the brake stops"
      aside={
        mayChange &&
        !isOpen && (
          <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
            Change the limits
          </Button>
        )
      }
    >
      {isOpen ? (
        <LimitsForm system={system} onDone={() => setIsOpen(false)} />
      ) : (
        <List size="sm" spacing={6}>
          {brakes.map(({ title, share, rows, noun, says }) => {
            const isOwn = [share, rows].some((name) => name !== null && system.limits[name] !== null);
            const least = countOf(limitInForce(system, rows), noun.slice(0, -1));
            return (
              <List.Item key={title}>
                <Group gap="xs">
                  <Text size="sm">{says(share ? percentOf(limitInForce(system, share)) : '', least)}</Text>
                  {isOwn && <Badge color="lagoon">set here</Badge>}
                </Group>
              </List.Item>
            );
          })}
        </List>
      )}
    </Panel>
  );
}
