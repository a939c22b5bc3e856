import type { Pin } from '@cinch/api-contract';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { UndoForm } from '../../components/decisions/record-forms.tsx';
import { useMay } from '../../api/may.ts';
import { pinColumns } from './pin-columns.tsx';
import { pinList, type PinFilter } from './queries.ts';

const route = getRouteApi('/signed-in/pins');

export function PinListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePagedList(pinList(filter));
  const mayUndo = useMay('POST /api/v1/decisions/:decisionId/undo');
  return (
    <PageFrame
      title="Pins"
      lead="Values that a person fixed: they stay, whatever the systems say, until they end or are undone. Pins that systems differ from may have become wrong."
    >
      <Panel flush>
        <ListTable
          label="Pins"
          list={list}
          columns={pinColumns(mayUndo)}
          view={filter}
          file="pins"
          filters={
            <SegmentedControl
              size="xs"
              aria-label="Which pins"
              value={filter.against}
              data={[
                { value: 'all', label: 'All' },
                { value: 'differ', label: 'That records differ from' },
              ]}
              onChange={(against) =>
                void navigate({ search: ({ hide }) => ({ hide, against: against === 'differ' ? 'differ' : 'all' }) })
              }
            />
          }
          empty={emptyView(filter)}
        />
      </Panel>
      <Undoing
        pin={mayUndo ? list.rows.find(({ decisionId }) => decisionId === filter.undo) : undefined}
        onClose={() => void navigate({ search: (before) => ({ ...before, undo: undefined }), resetScroll: false })}
      />
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

function emptyView({ against }: PinFilter) {
  if (against === 'differ')
    return {
      title: 'No record differs from a pin',
      advice: 'Every system holds what was pinned, or says nothing of it.',
    };
  return { title: 'Nothing is pinned', advice: 'Pin a value from a customer’s golden record.' };
}
