import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { DecideLink } from '../../components/deck/decide-link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChoiceFilter } from '../../components/table/choice-filter.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { openInWords } from '../../texts.ts';
import { BulkPanel } from './bulk-panel.tsx';
import { conflictColumns } from './conflict-columns.tsx';
import { conflictList, type ConflictFilter } from './queries.ts';

const route = getRouteApi('/signed-in/conflicts');

export function ConflictListPage() {
  const filter = route.useSearch();
  const list = usePagedList(conflictList(filter));
  return (
    <PageFrame
      title="Conflicts"
      aside={<DecideLink to="/conflicts/decide" needs="POST /api/v1/conflicts/:conflictId/resolution" />}
      lead="What only a person can decide: values that contradict each other. Nothing of it is sent anywhere until then."
    >
      <Panel flush>
        <ListTable
          label={`${filter.state === 'open' ? 'Open' : 'Closed'} conflicts`}
          list={list}
          columns={conflictColumns(filter.state)}
          view={filter}
          file={`conflicts-${filter.state}`}
          filters={<Filters filter={filter} />}
          note={filter.state === 'open' && openInWords(list.first?.open)}
          empty={emptyView(filter)}
        />
      </Panel>
      <BulkPanel />
    </PageFrame>
  );
}

function Filters({ filter }: { filter: ConflictFilter }) {
  const navigate = route.useNavigate();
  // The attributes to choose from are those of the unfiltered first page.
  const all = usePagedList(conflictList({ state: filter.state })).rows;
  const labels = new Map(all.map(({ attribute, label }) => [attribute, label]));
  if (filter.attribute && !labels.has(filter.attribute)) labels.set(filter.attribute, filter.attribute);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="State of the conflicts"
        value={filter.state}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'closed', label: 'Closed' },
        ]}
        onChange={(state) =>
          void navigate({ search: ({ hide }) => ({ hide, state: state === 'closed' ? 'closed' : 'open' }) })
        }
      />
      <ChoiceFilter
        label="Attribute"
        all="All attributes"
        value={filter.attribute}
        choices={[...labels].map(([value, label]) => ({ value, label }))}
        onChoose={(attribute) => void navigate({ search: (before) => ({ ...before, attribute }) })}
      />
    </>
  );
}

function emptyView({ state, attribute }: ConflictFilter) {
  if (attribute)
    return { title: `No ${state} conflict of this attribute`, advice: 'Choose “All attributes” to see the others.' };
  if (state === 'closed') {
    return {
      title: 'No conflict has been closed yet',
      advice: 'Conflicts that were settled, or that settled themselves, stay listed here.',
    };
  }
  return {
    title: 'No open conflicts',
    advice:
      'The systems agree, or the rules could decide. When two systems change the same value of one customer, it is listed here.',
  };
}
