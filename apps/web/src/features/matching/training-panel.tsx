import type { MatchFieldList, MatchProgress, TrainedMatchModel } from '@cinch/api-contract';
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { countOf } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { fieldInWords } from './model-words.ts';
import { useTraining } from './queries.ts';
import { WorkBar } from './work-bar.tsx';

type Kind = TrainedMatchModel['kinds'][number];

interface Props {
  progress: MatchProgress | undefined;
  /** What was learned goes into the draft. */
  onTrained: (document: unknown) => void;
  /** Shows the draft with what it says otherwise, and what that would change. */
  onLook: () => void;
}

const kindNames: Record<MatchFieldList['kinds'][number]['kind'], string> = {
  person: 'Persons',
  organization: 'Organisations',
};

const keptInWords: Record<NonNullable<Kind['kept']>, string> = {
  fewRecords: 'kept as they were: there are fewer than 500 records to learn of.',
  fewMatches: 'kept as they were: fewer than 200 pairs of records are one customer.',
  worse:
    'kept as they were: what was learned would find less, link what contradicts itself, or go against what stewards said.',
};

/** Weights learned without labels: a draft, to be looked at and published like any other. */
export function TrainingPanel({ progress, onTrained, onLook }: Props) {
  const mayTrain = useMay('POST /api/v1/rules/matching/training');
  const training = useTraining();
  const work = progress?.works.find((one) => one.work === 'train');
  if (!mayTrain) return null;
  const { data } = training;
  return (
    <Panel title="Train">
      <Stack gap="sm">
        <Text size="sm" maw="46rem">
          The weights can be learned of the records at hand, though nobody has said which of them are one customer. What
          stewards have linked or kept apart counts five times.
        </Text>
        <Group gap="sm">
          <Button
            variant="default"
            loading={training.isPending}
            onClick={() => training.mutate(undefined, { onSuccess: ({ document }) => onTrained(document) })}
          >
            Train
          </Button>
          <Text size="sm" c="dimmed">
            Nothing changes by training: it makes a draft, to be looked at and published.
          </Text>
        </Group>
        {work && <WorkBar work={work} />}
        <ProblemAlert error={training.error} />
        {data && (
          <div role="status">
            <Text size="sm">
              {countOf(data.records, 'record')} of {data.of.toLocaleString('en')} were looked at.
            </Text>
            <List size="sm">
              {data.kinds.flatMap((kind) => [
                <List.Item key={kind.kind}>{resultInWords(kind)}</List.Item>,
                ...kind.warnings.map((warning) => (
                  <List.Item key={`${kind.kind} ${warning.code} ${warning.field}`}>{warningInWords(warning)}</List.Item>
                )),
              ])}
            </List>
            {data.kinds.some(({ kept }) => kept === null) && (
              <Button mt="sm" onClick={onLook}>
                Look at the draft
              </Button>
            )}
          </div>
        )}
      </Stack>
    </Panel>
  );
}

function resultInWords({ kind, kept, pairs, expected, labels }: Kind): string {
  if (kept !== null) return `${kindNames[kind]}: ${keptInWords[kept]}`;
  const said = labels === 0 ? '' : `, of ${countOf(labels, 'pair')} a steward has said what they are`;
  return `${kindNames[kind]}: learned of ${countOf(pairs, 'pair')}, about ${expected.toLocaleString('en')} of them one customer${said}.`;
}

function warningInWords({ code, field, least, most }: Kind['warnings'][number]): string {
  const name = field === null ? '' : fieldInWords(field);
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  switch (code) {
    case 'sessionsDisagree':
      return `${name}: pairs that agree otherwise disagree on how often it is the same, from ${percent(least)} to ${percent(most)}.`;
    case 'sessionRefused':
      return `${name}: what the ${most.toLocaleString('en')} pairs that agree in it taught was left out, for nearly none or all of them would be one customer.`;
    case 'matchesUnsure':
      return `There may be ${least.toLocaleString('en')} pairs of one customer or ${most.toLocaleString('en')}; the smaller number counts.`;
  }
}
