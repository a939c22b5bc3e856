import type { MatchProgress } from '@cinch/api-contract';
import { Button, Group, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { countOf } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import type { MatchModel } from './model-shape.ts';
import { fieldInWords } from './model-words.ts';
import { useCount } from './queries.ts';
import { WorkBar } from './work-bar.tsx';

interface Props {
  model: MatchModel;
  progress: MatchProgress | undefined;
  /** What was counted goes into the draft. */
  onCounted: (document: unknown) => void;
}

interface Line {
  field: string;
  values: number;
  frequent: [value: string, count: number][];
}

/** Names are shown as examples; what leads to one person is not. */
const isShown = new Set(['given', 'family', 'town', 'word', 'postcode']);

/** That two people are called Smith says less than that they are called Quillfeather: what is common is counted. */
export function FrequencyPanel({ model, progress, onCounted }: Props) {
  const mayCount = useMay('POST /api/v1/rules/matching/count');
  const count = useCount();
  const work = progress?.works.find((one) => one.work === 'count');
  const lines = Object.entries(model.frequencies).map(([field, { values, counts }]): Line => {
    return { field, values, frequent: Object.entries(counts).sort(([, a], [, b]) => b - a) };
  });
  return (
    <Panel title="What is common" flush>
      <Stack gap="sm" px="1.25rem" pt="xs" pb="sm">
        <Text size="sm" maw="46rem">
          Agreeing on a rare value says more than agreeing on a common one.{' '}
          {lines.length === 0 ? (
            'This model has not counted yet: it takes every value for a middling rare one.'
          ) : model.counted ? (
            <>
              Counted <Time at={model.counted.at} /> over {countOf(model.counted.records, 'record')}.
            </>
          ) : (
            'When it was counted, the document does not say.'
          )}{' '}
          The population it reckons with is {countOf(model.population, 'record')}.
        </Text>
        {mayCount && (
          <Group gap="sm">
            <Button
              variant="default"
              loading={count.isPending}
              onClick={() => count.mutate(undefined, { onSuccess: ({ document }) => onCounted(document) })}
            >
              {lines.length === 0 ? 'Count' : 'Count again'}
            </Button>
            <Text size="sm" c="dimmed">
              Nothing changes by counting: it makes a draft, to be looked at and published.
            </Text>
          </Group>
        )}
        {work && <WorkBar work={work} />}
        <ProblemAlert error={count.error} />
      </Stack>
      {lines.length > 0 && (
        <DataTable
          label="How often values come"
          columns={columns}
          rows={lines}
          rowKey={({ field }) => field}
          empty={{ title: 'Nothing counted' }}
        />
      )}
    </Panel>
  );
}

const columns: readonly Column<Line>[] = [
  { header: 'Of', width: '12rem', cell: ({ field }) => fieldInWords(field) },
  { header: 'Records that say it', figure: true, width: '11rem', cell: ({ values }) => values.toLocaleString('en') },
  {
    header: 'Frequent values',
    figure: true,
    width: '9rem',
    cell: ({ frequent }) => frequent.length.toLocaleString('en'),
  },
  {
    header: 'The most frequent',
    cell: ({ field, frequent }) =>
      isShown.has(field)
        ? frequent
            .slice(0, 4)
            .map(([value, count]) => `${value} (${count.toLocaleString('en')})`)
            .join(', ')
        : '',
  },
];
