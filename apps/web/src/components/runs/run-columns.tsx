import type { RefreshRun } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { TextLink } from '../link.tsx';
import { SystemName } from '../system-name.tsx';
import type { Column } from '../table/column.ts';
import { Time } from '../time.tsx';
import { modeInWords, phaseInWords } from '../../texts.ts';
import { Closing } from './closing.tsx';
import { PhaseBadge } from './phase-badge.tsx';

const run: Column<RefreshRun> = {
  header: 'Run',
  sort: 'started',
  width: '11rem',
  value: ({ runId }) => runId,
  cell: ({ runId, startedAt }) => (
    <>
      <TextLink to="/refreshes/$id" params={{ id: String(runId) }} fw={600} underline="hover">
        Run {runId}
      </TextLink>
      <Text size="sm" c="dimmed">
        <Time at={startedAt} />
      </Text>
    </>
  ),
};

const system: Column<RefreshRun> = {
  header: 'System',
  value: ({ systemName }) => systemName,
  cell: ({ system, systemName }) => <SystemName code={system} name={systemName} />,
};

export const runColumns: readonly Column<RefreshRun>[] = [
  run,
  system,
  { header: 'Mode', value: ({ mode }) => modeInWords(mode), cell: ({ mode }) => modeInWords(mode) },
  { header: 'Phase', value: ({ phase }) => phaseInWords(phase), cell: ({ phase }) => <PhaseBadge phase={phase} /> },
  {
    header: 'Closing',
    width: '15%',
    value: ({ closing, failure }) => closing ?? failure,
    cell: ({ closing, failure }) => (closing ? <Closing closing={closing} /> : (failure ?? '')),
  },
  figure('Created', ({ create }) => create),
  figure('Changed', ({ change }) => change),
  figure('Missing, surplus', ({ missing, surplus }) => missing + surplus),
  figure('Withheld', ({ withheld }) => withheld),
  figure('Parked, failed', ({ parked, failed }) => parked + failed),
];

/** Where there is little room: what became of each run, or where it stands. */
export const shortRunColumns: readonly Column<RefreshRun>[] = [
  run,
  system,
  {
    header: 'Outcome',
    width: '45%',
    cell: ({ phase, closing, failure }) =>
      closing ? <Closing closing={closing} /> : (failure ?? <PhaseBadge phase={phase} />),
  },
];

function figure(header: string, count: (counts: RefreshRun['counts']) => number): Column<RefreshRun> {
  return {
    header,
    figure: true,
    value: ({ counts }) => count(counts),
    cell: ({ counts }) => {
      const value = count(counts);
      return (
        <Text span inherit c={value === 0 ? 'dimmed' : undefined}>
          {value.toLocaleString('en')}
        </Text>
      );
    },
  };
}
