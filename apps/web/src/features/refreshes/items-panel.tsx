import type { RefreshRun } from '@cinch/api-contract';
import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { kindInWords } from '../../texts.ts';
import { itemColumns } from './item-columns.tsx';
import { itemFilter, itemKinds, itemsQuery, type ItemFilter } from './queries.ts';

const route = getRouteApi('/signed-in/refreshes/$id');

export function ItemsPanel({ run }: { run: RefreshRun }) {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(itemsQuery(run, filter));
  const queryClient = useQueryClient();
  const readPage = async (cursor: string | undefined) => {
    const read = await queryClient.fetchQuery(itemsQuery(run, { kind: filter.kind, cursor, limit: 200 }));
    return { rows: read.items, nextCursor: read.nextCursor };
  };
  return (
    <Panel
      title={run.phase === 'planned' || run.phase === 'plan' ? 'The plan' : 'Records'}
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Kind of item"
          value={filter.kind ?? 'all'}
          data={[
            { value: 'all', label: 'All' },
            ...itemKinds.map((kind) => ({ value: kind, label: kindInWords(kind) })),
          ]}
          onChange={(kind) => void navigate({ search: ({ sort, hide }) => itemFilter.parse({ sort, hide, kind }) })}
        />
      }
    >
      <Loaded query={query}>
        {(page) => (
          <>
            <DataTable
              label="Records of the run"
              columns={itemColumns}
              rows={page.items}
              rowKey={({ seq }) => seq}
              whole={!filter.cursor && page.nextCursor === null}
              tools={{ file: `refresh-run-${run.runId}`, view: filter, page: readPage }}
              empty={emptyView(run, filter)}
            />
            <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function emptyView(run: RefreshRun, { kind }: ItemFilter) {
  if (kind)
    return {
      title: `Nothing of the kind “${kindInWords(kind)}”`,
      advice: 'Choose “All” to see everything in this run.',
    };
  if (run.phase === 'hear' || run.phase === 'plan')
    return { title: 'The plan is not made yet', advice: 'It appears here by itself.' };
  if (run.mode === 'events') return { title: 'Nothing has gone out between refreshes yet' };
  return { title: 'No differences', advice: 'Every row holds its view already: there is nothing to send.' };
}
