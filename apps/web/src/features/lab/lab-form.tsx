import type { ChangeRates } from '@cinch/api-contract';
import type { ShowInput } from '@cinch/lab';
import { Button, Group, NativeSelect, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useSystemName } from '../../api/systems.ts';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { modelInForceQuery, publishedMappingQuery, rulesInForceQuery } from './queries.ts';
import { SeenField } from './seen-field.tsx';
import type { LabWork } from './use-lab-work.ts';

const models = [
  { value: 'misaligned', label: 'as they are: misaligned' },
  { value: 'identical', label: 'the first one’s, for both' },
];
const deliveries = [
  { value: 'faulty', label: 'faulty' },
  { value: 'perfect', label: 'perfect' },
];
const mistakes = [
  { value: 'none', label: 'none' },
  { value: 'misread', label: 'a mapping is wrong for 30 days' },
  { value: 'versions', label: 'mapping versions two weeks apart' },
];

type Chosen = Pick<ShowInput, 'models' | 'delivery' | 'mistake'>;
type Sizes = Pick<ShowInput, 'customers' | 'days' | 'seeds' | 'refreshDays' | 'edits'>;

/** What the fields of figures are called, and within which bounds: what is beyond them takes minutes, and npm run lab takes it. */
const sizes: Record<keyof Sizes, { label: string; least: number; most: number }> = {
  customers: { label: 'Customers', least: 10, most: 1_000 },
  days: { label: 'Days', least: 14, most: 365 },
  seeds: { label: 'Plays of it', least: 1, most: 10 },
  refreshDays: { label: 'Days between refreshes', least: 1, most: 60 },
  edits: { label: 'Changes a year, each', least: 1, most: 60 },
};

const usualSize: Sizes = { customers: 80, days: 60, seeds: 2, refreshDays: 7, edits: 12 };

export function LabForm({ codes, work }: { codes: readonly string[]; work: LabWork<'show'> }) {
  const nameOf = useSystemName();
  const [pair, setPair] = useState<readonly [string, string]>([codes[0] ?? '', codes[1] ?? codes[0] ?? '']);
  const [chosen, setChosen] = useState<Chosen>({ models: 'misaligned', delivery: 'faulty', mistake: 'none' });
  const [size, setSize] = useState<Sizes>(usualSize);
  const [seen, setSeen] = useState<ChangeRates | null>(null);
  const [first, second] = [useQuery(publishedMappingQuery(pair[0])), useQuery(publishedMappingQuery(pair[1]))];
  const [inForce, modelled] = [useQuery(rulesInForceQuery), useQuery(modelInForceQuery)];
  const [rules, model] = [inForce.data, modelled.data];
  const failure = [first, second, inForce, modelled].find(({ error }) => error !== null)?.error;
  const isReady = Boolean(first.data && second.data && rules && model && pair[0] !== pair[1]);
  const play = (event: FormEvent) => {
    event.preventDefault();
    if (!first.data || !second.data || !rules || !model) return;
    const input = {
      documents: [first.data, second.data] as const,
      rules: rules.document,
      model,
      seen,
      ...chosen,
      ...size,
    };
    work.start({ kind: 'show', input });
  };
  const choices = codes.map((code) => ({ value: code, label: nameOf(code) }));
  const choice = <Key extends keyof Chosen>(key: Key, label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      data={data}
      value={chosen[key]}
      onChange={({ currentTarget }) => setChosen({ ...chosen, [key]: currentTarget.value as Chosen[Key] })}
    />
  );
  return (
    <Panel title="What is played">
      <form onSubmit={play}>
        <Stack>
          <Group align="end">
            {([0, 1] as const).map((side) => (
              <NativeSelect
                key={side}
                label={side === 0 ? 'First system' : 'Second system'}
                data={choices}
                value={pair[side]}
                onChange={({ currentTarget }) => {
                  setPair(side === 0 ? [currentTarget.value, pair[1]] : [pair[0], currentTarget.value]);
                  setSeen(null);
                }}
              />
            ))}
            {choice('models', 'Models', models)}
            {choice('delivery', 'Delivery', deliveries)}
            {choice('mistake', 'Mistake', mistakes)}
          </Group>
          <Group align="end">
            {(Object.keys(sizes) as (keyof Sizes)[]).map((key) => (
              <TextInput
                key={key}
                type="number"
                required
                withAsterisk={false}
                w="10.75rem"
                label={sizes[key].label}
                min={sizes[key].least}
                max={sizes[key].most}
                value={String(size[key])}
                onChange={({ currentTarget }) => setSize({ ...size, [key]: Number(currentTarget.value) })}
              />
            ))}
          </Group>
          <SeenField
            pair={pair}
            seen={seen}
            onSeen={(now, aYear) => {
              setSeen(now);
              const edits = Math.min(sizes.edits.most, Math.max(sizes.edits.least, Math.round(aYear)));
              setSize({ ...size, edits: now ? edits : usualSize.edits });
            }}
          />
          <Text size="sm" c="dimmed">
            Faulty delivery: 1 % of messages are lost, 1 % come twice, 2 % late and out of order, and each system misses
            what comes on one day in thirty.
            {seen && ' As many changes are told of to nobody as here came by a refresh alone, or were found drifted.'}
          </Text>
          {failure && <ProblemAlert error={failure} />}
          <Group>
            <Button type="submit" disabled={!isReady || work.isBusy}>
              Play it
            </Button>
            {work.isBusy && (
              <>
                <Progress value={100 * work.progress} w="14rem" aria-label="How much has been played" />
                <Button variant="default" onClick={work.cancel}>
                  Cancel
                </Button>
              </>
            )}
            {pair[0] === pair[1] && (
              <Text size="sm">Choose two systems: one alone has nobody to keep in step with.</Text>
            )}
            {pair[0] !== pair[1] && (first.data === null || second.data === null) && (
              <Text size="sm">Only systems with a published mapping can be played.</Text>
            )}
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
