import type { System } from '@cinch/api-contract';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconHourglass } from '../icons.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { Time } from '../time.tsx';
import { holdAnswerInWords } from '../../texts.ts';
import { useSetStandingAnswer } from '../../api/systems.ts';

/** What is said of rows that look set back without asking anybody, and how they are asked about again. */
export function StandingAnswerAlert({ system, mayChange }: { system: System; mayChange: boolean }) {
  const set = useSetStandingAnswer(system);
  const { standingAnswer, name } = system;
  if (!standingAnswer) return null;
  const { answer, by, at, once } = standingAnswer;
  return (
    <Alert
      color="amber"
      icon={<IconHourglass aria-hidden />}
      title={`Nobody is asked about rows of ${name} that look set back`}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {by} said on <Time at={at} /> what they are: “{holdAnswerInWords(answer)}”.{' '}
          {once
            ? `That stands until ${name} has been listed once more.`
            : 'Many of them at once are a question all the same.'}
        </Text>
        {mayChange && (
          <Button size="xs" loading={set.isPending} onClick={() => set.mutate(null)}>
            Ask about each again
          </Button>
        )}
        <ProblemAlert error={set.error} />
      </Stack>
    </Alert>
  );
}
