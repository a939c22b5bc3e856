import type { Pin } from '@cinch/api-contract';
import { Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { ActDialog } from '../decisions/act-dialog.tsx';
import { UndoForm } from '../decisions/record-forms.tsx';
import { pinColumns } from './pin-columns.tsx';
import { pinsQuery, type PinFilter } from './queries.ts';

const route = getRouteApi('/signed-in/pins');

export function PinListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(pinsQuery(filter));
  return (
    <PageFrame
      title="Pins"
      lead="Values that a person fixed: they stay, whatever the systems say, until they end or are undone. Pins that systems differ from may have become wrong."
    >
      <Panel flush>
        <Group px="1.25rem" py="sm">
          <SegmentedControl
            aria-label="Which pins"
            value={filter.against}
            data={[
              { value: 'all', label: 'All' },
              { value: 'differ', label: 'That records differ from' },
            ]}
            onChange={(against) => void navigate({ search: { against: against === 'differ' ? 'differ' : 'all' } })}
          />
        </Group>
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable
                label="Pins"
                columns={pinColumns}
                rows={page.pins}
                rowKey={({ decisionId }) => decisionId}
                empty={emptyView(filter)}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
              <Undoing
                pin={page.pins.find(({ decisionId }) => decisionId === filter.undo)}
                onClose={() =>
                  void navigate({ search: (before) => ({ ...before, undo: undefined }), resetScroll: false })
                }
              />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function Undoing({ pin, onClose }: { pin: Pin | undefined; onClose: () => void }) {
  if (!pin) return null;
  const words = `${pin.label} of ${pin.customer} is pinned to ${pin.display || 'nothing'}.`;
  return (
    <ActDialog title="Undo a pin" onClose={onClose}>
      <UndoForm decision={{ decisionId: pin.decisionId, words }} onDone={onClose} />
    </ActDialog>
  );
}

function emptyView({ against, cursor }: PinFilter) {
  if (cursor) return { title: 'No further pins', advice: 'Go back to the first page.' };
  if (against === 'differ')
    return {
      title: 'No record differs from a pin',
      advice: 'Every system holds what was pinned, or says nothing of it.',
    };
  return { title: 'Nothing is pinned', advice: 'Pin a value from a customer’s golden record.' };
}
