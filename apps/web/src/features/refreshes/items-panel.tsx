import { itemKinds, type RefreshRun } from '@cinch/api-contract';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Panel } from '../../components/panel.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { kindInWords } from '../../texts.ts';
import { itemColumns } from './item-columns.tsx';
import { itemFilter, type ItemFilter } from '../../components/runs/item-filter.ts';
import { itemList } from './queries.ts';

const route = getRouteApi('/signed-in/refreshes/$id');

export function ItemsPanel({ run }: { run: RefreshRun }) {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Panel title={run.phase === 'planned' || run.phase === 'plan' ? 'The plan' : 'Records'} flush>
      <ListTable
        label="Records of the run"
        list={usePagedList(itemList(run, filter))}
        columns={itemColumns}
        view={filter}
        file={`refresh-run-${run.runId}`}
        filters={
          <SegmentedControl
            size="xs"
            // On a narrow screen all kinds have no room in one line.
            style={{ flexWrap: 'wrap' }}
            aria-label="Kind of item"
            value={filter.kind ?? 'all'}
            data={[
              { value: 'all', label: 'All' },
              ...itemKinds.map((kind) => ({ value: kind, label: kindInWords(kind) })),
            ]}
            onChange={(kind) =>
              void navigate({ search: ({ hide }) => itemFilter.parse({ hide, kind }), resetScroll: false })
            }
          />
        }
        empty={emptyView(run, filter)}
      />
    </Panel>
  );
}

function emptyView(run: RefreshRun, { kind, code, outcome }: ItemFilter) {
  if (code ?? outcome)
    return { title: 'No such records in this run', advice: 'Choose “All” to see everything in this run.' };
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
