import type { System } from '@cinch/api-contract';
import { Button, List, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useModel } from '../../api/canonical-model.ts';
import { useMay } from '../../api/may.ts';
import { FormEnd } from '../../components/form-end.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { mappedIn, setInWords, setsOf, waysFor, waysOf } from './comparison-words.ts';
import { mappingsQuery, useSetComparison } from './queries.ts';

/** Of which attributes drift is looked for in some rows, or in none. */
export function ComparisonPanel({ system }: { system: System }) {
  const mayChange = useMay('PUT /api/v1/systems/:system/comparison');
  const [isOpen, setIsOpen] = useState(false);
  const labelOf = useLabels();
  const { sets } = system.comparison;
  return (
    <Panel
      title="Where drift is looked for"
      aside={
        mayChange &&
        !isOpen &&
        system.mappingVersion !== null && (
          <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
            Change where
          </Button>
        )
      }
    >
      {isOpen ? (
        <ComparisonForm system={system} labelOf={labelOf} onDone={() => setIsOpen(false)} />
      ) : sets.length === 0 ? (
        <Text size="sm">A refresh compares all that the mapping names, in every row.</Text>
      ) : (
        <Stack gap="xs">
          <List size="sm" spacing={6}>
            {sets.map((set) => (
              <List.Item key={set.attributes.join()}>{setInWords(set, labelOf)}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            All else is compared in every row. The word that a refresh closes with names what it left out.
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

function useLabels(): (attribute: string) => string {
  const { attributes = [], lists = [] } = useModel() ?? {};
  const labels = new Map([...attributes, ...lists].map(({ id, label }) => [id, label]));
  return (attribute) => labels.get(attribute) ?? attribute;
}

interface FormProps {
  system: System;
  labelOf: (attribute: string) => string;
  onDone: () => void;
}

function ComparisonForm({ system, labelOf, onDone }: FormProps) {
  const mappings = useQuery(mappingsQuery(system.code));
  const [ways, setWays] = useState(() => waysOf(system.comparison.sets));
  const set = useSetComparison(system);
  const mapped = mappedIn(mappings.data?.[0]?.document ?? {});
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What the mapping names no more cannot be left out any more.
    const sets = setsOf(Object.fromEntries(mapped.map((attribute) => [attribute, ways[attribute] ?? 'whole'])));
    set.mutate(
      { sets },
      {
        onSuccess: () => {
          notifications.show({
            message: `The next refresh of ${system.name} looks for drift so`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <Text size="sm" c="dimmed" maw="46rem">
          Drift is what a row holds otherwise than the hub knew, though nobody said so. What became golden is sent in
          any case, and a row that is written is put right whole.
        </Text>
        <Loaded query={mappings}>
          {() => (
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {mapped.map((attribute) => {
                const way = ways[attribute] ?? 'whole';
                return (
                  <NativeSelect
                    key={attribute}
                    label={labelOf(attribute)}
                    data={waysFor(way)}
                    value={way}
                    onChange={({ currentTarget }) => setWays({ ...ways, [attribute]: currentTarget.value })}
                  />
                );
              })}
            </SimpleGrid>
          )}
        </Loaded>
        <FormEnd
          submit="Look for drift so"
          isPending={set.isPending}
          disabled={!mappings.data}
          error={set.error}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
