import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyView } from '../../components/empty-view.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { systemsQuery } from '../../api/systems.ts';
import { SystemFilter } from '../../components/system-filter.tsx';
import { runList } from './queries.ts';
import { runColumns } from '../../components/runs/run-columns.tsx';
import { SystemCard } from './system-card.tsx';
import classes from './refresh-list-page.module.css';

const route = getRouteApi('/signed-in/refreshes');

export function RefreshListPage() {
  const filter = route.useSearch();
  const systems = useQuery(systemsQuery);
  const navigate = route.useNavigate();
  const runs = usePagedList(runList(filter));
  return (
    <PageFrame
      title="Refreshes"
      lead="A refresh takes in what a system knows, sends it what it lacks, and compares again until the copies are proved equal."
    >
      {/* As high as a row of cards, so that the list below stays where it is when they come. */}
      <Box mih={systems.isPending ? '19.25rem' : undefined}>
        <Loaded query={systems}>
          {(list) =>
            list.length === 0 ? (
              <Panel>
                <EmptyView title="No systems yet">
                  An admin adds the first one over the API: POST /api/v1/systems, then its mapping and its key.
                </EmptyView>
              </Panel>
            ) : (
              <div className={classes.systems}>
                {list.map((system) => (
                  <SystemCard key={system.code} system={system} />
                ))}
              </div>
            )
          }
        </Loaded>
      </Box>
      <Panel title="Refresh runs" flush>
        <ListTable
          label="Refresh runs"
          list={runs}
          columns={runColumns}
          view={filter}
          file="refresh-runs"
          filters={
            <SystemFilter
              system={filter.system}
              onChoose={(system) => void navigate({ search: (before) => ({ ...before, system }), resetScroll: false })}
            />
          }
          empty={{
            title: filter.system ? 'No run of this system yet' : 'No refresh has run yet',
            advice: 'Press “Plan a refresh” above: a plan is shown first, and nothing is sent until you apply it.',
          }}
        />
      </Panel>
    </PageFrame>
  );
}
