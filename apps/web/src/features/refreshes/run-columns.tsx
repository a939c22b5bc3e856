import type { RefreshRun } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import type { Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { modeInWords } from '../../texts.ts';
import { Closing } from './closing.tsx';
import { PhaseBadge } from './phase-badge.tsx';

export const runColumns: readonly Column<RefreshRun>[] = [
  {
    header: 'Run',
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
  },
  { header: 'System', cell: ({ system, systemName }) => <SystemName code={system} name={systemName} /> },
  { header: 'Mode', cell: ({ mode }) => modeInWords(mode) },
  { header: 'Phase', cell: ({ phase }) => <PhaseBadge phase={phase} /> },
  figure('Created', ({ create }) => create),
  figure('Changed', ({ change }) => change),
  figure('Missing, surplus', ({ missing, surplus }) => missing + surplus),
  figure('Withheld', ({ withheld }) => withheld),
  figure('Parked, failed', ({ parked, failed }) => parked + failed),
  {
    header: 'Closing',
    cell: ({ closing, failure }) => (closing ? <Closing closing={closing} /> : (failure ?? '')),
  },
];

function figure(header: string, count: (counts: RefreshRun['counts']) => number): Column<RefreshRun> {
  return {
    header,
    figure: true,
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
