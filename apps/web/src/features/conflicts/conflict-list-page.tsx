import { Group, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { conflictColumns } from './conflict-columns.tsx';
import { conflictsQuery, type ConflictFilter } from './queries.ts';

const route = getRouteApi('/signed-in/conflicts');

export function ConflictListPage() {
  const filter = route.useSearch();
  const query = useQuery(conflictsQuery(filter));
  return (
    <PageFrame
      title="Conflicts"
      lead="What only a person can decide: values that contradict each other. Nothing of it is sent anywhere until then."
    >
      <Panel flush>
        <Filters filter={filter} />
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable
                label={`${filter.state === 'open' ? 'Open' : 'Closed'} conflicts`}
                columns={conflictColumns(filter.state)}
                rows={page.conflicts}
                rowKey={(conflict) => conflict.conflictId}
                empty={emptyView(filter)}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function Filters({ filter }: { filter: ConflictFilter }) {
  const navigate = route.useNavigate();
  // The attributes to choose from are those of the unfiltered first page.
  const all = useQuery(conflictsQuery({ state: filter.state }));
  const labels = new Map((all.data?.conflicts ?? []).map(({ attribute, label }) => [attribute, label]));
  if (filter.attribute && !labels.has(filter.attribute)) labels.set(filter.attribute, filter.attribute);
  return (
    <Group justify="space-between" px="1.25rem" py="sm" align="center">
      <SegmentedControl
        aria-label="State of the conflicts"
        value={filter.state}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'closed', label: 'Closed' },
        ]}
        onChange={(state) =>
          void navigate({
            search: { state: state === 'closed' ? 'closed' : 'open' },
          })
        }
      />
      <Group gap="sm">
        {all.data && filter.state === 'open' && (
          <Text size="sm" c="dimmed">
            {all.data.open === 0 ? 'None open' : `${all.data.open.toLocaleString('en')} open in all`}
          </Text>
        )}
        <NativeSelect
          aria-label="Attribute"
          value={filter.attribute ?? ''}
          data={[{ value: '', label: 'All attributes' }, ...[...labels].map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget }) =>
            void navigate({
              search: ({ state }) => ({ state, attribute: currentTarget.value || undefined }),
            })
          }
        />
      </Group>
    </Group>
  );
}

function emptyView({ state, attribute, cursor }: ConflictFilter) {
  if (cursor) return { title: 'No further conflicts', advice: 'Go back to the first page.' };
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
