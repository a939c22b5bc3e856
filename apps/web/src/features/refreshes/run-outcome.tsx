import { isEqualClosing, type RefreshRun } from '@cinch/api-contract';
import { Alert, Progress, Stack, Text } from '@mantine/core';
import { Panel } from '../../components/panel.tsx';
import { countOf } from '../../texts.ts';
import { BrakeAlert } from './brake-alert.tsx';
import { ClosingOf } from '../../components/runs/closing.tsx';
import { ExceptionList } from './exception-list.tsx';
import { RunActs } from './run-acts.tsx';
import { progressOf } from './run-progress.ts';

/** Where the run stands and what a person may do about it: the one panel that changes with every phase. */
export function RunOutcome({ run }: { run: RefreshRun }) {
  return (
    <Panel>
      <Stack gap="sm">
        <div role="status">
          <Outcome run={run} />
        </div>
        {run.closing && !isEqualClosing(run.closing) && <ExceptionList run={run} />}
        {run.phase === 'planned' && <BrakeAlert brake={run.brake} system={run.system} />}
        <RunActs run={run} />
      </Stack>
    </Panel>
  );
}

function Outcome({ run }: { run: RefreshRun }) {
  const { changes, settled } = progressOf(run);
  switch (run.phase) {
    case 'hear':
      return (
        <Text>
          Listening: {countOf(run.counts.listed, 'row')} listed, {countOf(run.counts.heard, 'row')} newer than the hub
          knew.
        </Text>
      );
    case 'plan':
      return <Text>Working out what differs.</Text>;
    case 'planned':
      return (
        <Text>
          {changes === 0
            ? 'The system holds its view already. Applying the plan sends nothing and writes down the proof.'
            : 'The plan is ready. Nothing has been sent yet.'}
        </Text>
      );
    case 'apply':
      return (
        <Stack gap="xs">
          <Text>
            {settled.toLocaleString('en')} of {countOf(changes, 'change')} sent.
          </Text>
          <Progress value={changes === 0 ? 100 : (100 * settled) / changes} aria-label="Changes sent" />
        </Stack>
      );
    case 'verify':
      return <Text>Everything is sent. The system is listed and compared once more.</Text>;
    case 'closed':
      return (
        <Text size="xl">
          <ClosingOf run={run} />
        </Text>
      );
    case 'failed':
      return (
        <Alert color="red" title="The run failed">
          {run.failure ?? 'The hub did not say why.'} Start another refresh once the cause is gone: it takes up whatever
          is left.
        </Alert>
      );
    case 'cancelled':
      return <Text>Cancelled. What was sent before stays sent; the next refresh takes up the rest.</Text>;
    case 'standing':
      return <Text>Changes that went out between refreshes are listed here. The next refresh proves them.</Text>;
  }
}
