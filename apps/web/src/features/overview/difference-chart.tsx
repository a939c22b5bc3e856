import type { Differences, Overview } from '@cinch/api-contract';
import { BarList } from '../../components/charts/bar-list.tsx';
import type { Tone } from '../../components/charts/tones.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyView } from '../../components/empty-view.tsx';
import { TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { phaseInWords } from '../../texts.ts';
import { Closing } from '../../components/runs/closing.tsx';

type System = Overview['systems'][number];

const parts: readonly { of: keyof Differences; name: string; tone: Tone }[] = [
  { of: 'create', name: 'To create', tone: 'well' },
  { of: 'change', name: 'To change', tone: 'work' },
  { of: 'missing', name: 'Missing', tone: 'person' },
  { of: 'surplus', name: 'Surplus', tone: 'person' },
  { of: 'withheld', name: 'Withheld', tone: 'neither' },
  { of: 'parked', name: 'Parked', tone: 'neither' },
  { of: 'failed', name: 'Failed', tone: 'wrong' },
];

/** What each system's last run found to differ: the taller the bar, the further its copy had drifted. */
export function DifferenceChart({ systems, asTable }: { systems: readonly System[]; asTable: boolean }) {
  if (systems.length === 0)
    return <EmptyView title="No systems yet">An admin adds the first one on the screen of the systems.</EmptyView>;
  if (asTable)
    return (
      <DataTable
        label="Differences found by the last run"
        columns={columns}
        rows={systems}
        rowKey={({ system }) => system}
        empty={{ title: 'No systems yet' }}
      />
    );
  return (
    <BarList
      label="Differences found by the last run, by system"
      bars={systems.map((system) => ({
        key: system.system,
        label: <RunLink system={system} />,
        note: <Note system={system} />,
        parts: parts.map(({ of, name, tone }) => ({ name, tone, value: system.lastRun?.differences[of] ?? 0 })),
      }))}
    />
  );
}

function RunLink({ system: { system, name, lastRun } }: { system: System }) {
  if (!lastRun) return <SystemName code={system} name={name} />;
  return (
    <TextLink to="/refreshes/$id" params={{ id: String(lastRun.runId) }} underline="hover">
      <SystemName code={system} name={name} />
    </TextLink>
  );
}

function Note({ system: { lastRun, outbound } }: { system: System }) {
  const observed = outbound === 'off' && <span>The hub only observes it.</span>;
  if (!lastRun) return <>Not refreshed yet. {observed}</>;
  return (
    <>
      {lastRun.closing ? <Closing closing={lastRun.closing} /> : phaseInWords(lastRun.phase)}
      <Time at={lastRun.closedAt ?? lastRun.startedAt} />
      {observed}
    </>
  );
}

const columns: readonly Column<System>[] = [
  { header: 'System', cell: (system) => <RunLink system={system} /> },
  ...parts.map(({ of, name }): Column<System> => ({
    header: name,
    figure: true,
    cell: ({ lastRun }) => (lastRun ? lastRun.differences[of].toLocaleString('en') : '–'),
  })),
];
