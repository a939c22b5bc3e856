import type { ErrorCause, ReplayAnswer } from '@cinch/api-contract';
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { countOf, errorCodeInWords, replayOutcomeInWords } from '../../texts.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useReplay } from './queries.ts';

/** First a look at how the lines would fare now, then the replay itself. */
export function ReplayDialog({ cause, onClose }: { cause: ErrorCause; onClose: () => void }) {
  const trial = useReplay();
  const replay = useReplay();
  const lines = countOf(cause.entries, 'line');
  const start = () =>
    replay.mutate(
      { cause: cause.cause, dryRun: false },
      {
        onSuccess: (answer) => {
          notifications.show({
            message: `${countOf(answer.lines, 'line')} on the way`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
          onClose();
        },
      },
    );
  return (
    <ActDialog title={`Replay: ${errorCodeInWords(cause.code)}`} onClose={onClose}>
      <Stack>
        <Text size="sm">
          The {lines} of this cause are worked on again, each where it was accepted. What is taken in now leaves the
          error log; what that changes waits for the next refresh.
        </Text>
        <ProblemAlert error={trial.error ?? replay.error} />
        {trial.data && <Foreseen answer={trial.data} />}
        <Group gap="sm">
          <Button
            variant={trial.data ? 'default' : 'filled'}
            loading={trial.isPending}
            onClick={() => trial.mutate({ cause: cause.cause, dryRun: true })}
          >
            Try without keeping anything
          </Button>
          <Button variant={trial.data ? 'filled' : 'default'} loading={replay.isPending} onClick={start}>
            Replay {lines}
          </Button>
        </Group>
      </Stack>
    </ActDialog>
  );
}

function Foreseen({ answer: { tried, lines, outcomes } }: { answer: ReplayAnswer }) {
  return (
    <div role="status">
      <Text fw={600}>
        {tried < lines ? `Of the first ${countOf(tried, 'line')}:` : `Of ${countOf(tried, 'line')}:`}
      </Text>
      <List size="sm">
        {outcomes
          .filter((one) => one.lines > 0)
          .map(({ outcome, code, lines: n }) => (
            <List.Item key={`${outcome} ${code}`}>
              {n.toLocaleString('en')} {replayOutcomeInWords(outcome)}
              {code && `: ${errorCodeInWords(code)}`}
            </List.Item>
          ))}
      </List>
    </div>
  );
}
