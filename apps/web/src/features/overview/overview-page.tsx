import type { Overview } from '@cinch/api-contract';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { shortRunColumns } from '../../components/runs/run-columns.tsx';
import { ConflictChart } from './conflict-chart.tsx';
import { DifferenceChart } from './difference-chart.tsx';
import classes from './overview-page.module.css';
import { overviewQuery } from './queries.ts';
import { ThroughputChart } from './throughput-chart.tsx';
import { WaitingTiles } from './waiting-tiles.tsx';

const route = getRouteApi('/signed-in/');

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  const { as } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <PageFrame title="Overview" lead="Whether the copies are equal, what waits for a person, and what came in.">
      <Loaded query={query}>{(overview) => <Shown overview={overview} asTables={as === 'tables'} />}</Loaded>
      <Switch
        label="Show the charts as tables"
        checked={as === 'tables'}
        onChange={({ currentTarget }) =>
          void navigate({ search: { as: currentTarget.checked ? 'tables' : undefined }, replace: true })
        }
      />
    </PageFrame>
  );
}

function Shown({ overview, asTables }: { overview: Overview; asTables: boolean }) {
  return (
    <>
      <WaitingTiles overview={overview} />
      <div className={classes.charts}>
        <Panel title="Differences found by the last run" flush={asTables}>
          <DifferenceChart systems={overview.systems} asTable={asTables} />
        </Panel>
        <Panel title="Open conflicts by attribute" flush={asTables && overview.conflicts.length > 0}>
          <ConflictChart conflicts={overview.conflicts} asTable={asTables} />
        </Panel>
        <Panel title="Lines accepted in the last 24 hours" flush={asTables}>
          <ThroughputChart throughput={overview.throughput} asTable={asTables} />
        </Panel>
        <Panel title="Last runs" flush aside={<TextLink to="/refreshes">All runs</TextLink>}>
          <DataTable
            label="Last runs"
            columns={shortRunColumns}
            rows={overview.runs.slice(0, 5)}
            rowKey={({ runId }) => runId}
            empty={{ title: 'No refresh has run yet', advice: 'Plan one on the screen of the refreshes.' }}
          />
        </Panel>
      </div>
    </>
  );
}
