import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Group, NativeSelect } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyView } from '../../components/empty-view.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { systemsQuery } from '../systems/queries.ts';
import { runsQuery, type RunFilter } from './queries.ts';
import { runColumns } from './run-columns.tsx';
import { SystemCard } from './system-card.tsx';
import classes from './refresh-list-page.module.css';

const route = getRouteApi('/signed-in/refreshes');

export function RefreshListPage() {
  const filter = route.useSearch();
  const systems = useQuery(systemsQuery);
  const runs = useQuery(runsQuery(filter));
  const queryClient = useQueryClient();
  const readPage = async (cursor: string | undefined) => {
    const read = await queryClient.fetchQuery(runsQuery({ system: filter.system, cursor, limit: 200 }));
    return { rows: read.runs, nextCursor: read.nextCursor };
  };
  return (
    <PageFrame
      title="Refreshes"
      lead="A refresh takes in what a system knows, sends it what it lacks, and compares again until the copies are proved equal."
    >
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
      <Panel title="Refresh runs" flush aside={<SystemFilter filter={filter} />}>
        <Loaded query={runs}>
          {(page) => (
            <>
              <DataTable
                label="Refresh runs"
                columns={runColumns}
                rows={page.runs}
                rowKey={({ runId }) => runId}
                whole={!filter.cursor && page.nextCursor === null}
                tools={{ file: 'refresh-runs', view: filter, page: readPage }}
                empty={{
                  title: filter.system ? 'No run of this system yet' : 'No refresh has run yet',
                  advice:
                    'Press “Plan a refresh” above: a plan is shown first, and nothing is sent until you apply it.',
                }}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function SystemFilter({ filter }: { filter: RunFilter }) {
  const navigate = route.useNavigate();
  const systems = useQuery(systemsQuery).data ?? [];
  return (
    <Group>
      <NativeSelect
        size="xs"
        aria-label="System"
        value={filter.system ?? ''}
        data={[{ value: '', label: 'All systems' }, ...systems.map(({ code, name }) => ({ value: code, label: name }))]}
        onChange={({ currentTarget }) =>
          void navigate({ search: ({ sort, hide }) => ({ sort, hide, system: currentTarget.value || undefined }) })
        }
      />
    </Group>
  );
}
