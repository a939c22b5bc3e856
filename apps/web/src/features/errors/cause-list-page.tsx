import { errorKinds, type ErrorCause } from '@cinch/api-contract';
import { NativeSelect, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { errorKindInWords } from '../../texts.ts';
import { useMay } from '../session/may.ts';
import { systemsQuery, useSystemName } from '../systems/queries.ts';
import { causeColumns } from './cause-columns.tsx';
import { causesQuery, type CauseFilter } from './queries.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { ReplayPanel } from './replay-panel.tsx';

const route = getRouteApi('/signed-in/errors');

export function CauseListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(causesQuery(filter));
  const queryClient = useQueryClient();
  const nameOf = useSystemName();
  const mayReplay = useMay('POST /api/v1/errors/replay');
  const readPage = async (cursor: string | undefined) => {
    const read = await queryClient.fetchQuery(causesQuery({ ...filter, cursor, limit: 200 }));
    return { rows: read.causes, nextCursor: read.nextCursor };
  };
  const replayed = query.data?.causes.find(({ cause }) => cause === filter.replay);
  return (
    <PageFrame
      title="Errors"
      lead="What was accepted and could not be taken in, by its cause. Mend the cause, most often the mapping, then replay: the lines go on as if nothing had been."
    >
      <Panel flush>
        <Filters filter={filter} />
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable<ErrorCause>
                label="Causes"
                columns={causeColumns(nameOf, mayReplay)}
                rows={page.causes}
                rowKey={({ cause }) => cause}
                whole={!filter.cursor && page.nextCursor === null}
                tools={{ file: 'error-causes', view: filter, page: readPage }}
                empty={
                  filter.system || filter.kind
                    ? {
                        title: 'Nothing of this kind is open',
                        advice: 'Choose all systems and all kinds to see the rest.',
                      }
                    : { title: 'No open errors', advice: 'All that was accepted has been taken in.' }
                }
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
      <ReplayPanel />
      {replayed && (
        <ReplayDialog
          cause={replayed}
          onClose={() => void navigate({ search: (before) => ({ ...before, replay: undefined }), resetScroll: false })}
        />
      )}
    </PageFrame>
  );
}

function Filters({ filter }: { filter: CauseFilter }) {
  const navigate = route.useNavigate();
  const systems = useQuery(systemsQuery).data ?? [];
  const choose = (chosen: Pick<CauseFilter, 'system' | 'kind'>) =>
    void navigate({ search: ({ sort, hide, system, kind }) => ({ sort, hide, system, kind, ...chosen }) });
  return (
    <Group gap="sm" px="1.25rem" pt="sm">
      <NativeSelect
        size="xs"
        aria-label="System"
        value={filter.system ?? ''}
        data={[{ value: '', label: 'All systems' }, ...systems.map(({ code, name }) => ({ value: code, label: name }))]}
        onChange={({ currentTarget }) => choose({ system: currentTarget.value || undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label="Kind"
        value={filter.kind ?? ''}
        data={[
          { value: '', label: 'All kinds' },
          ...errorKinds.map((kind) => ({ value: kind, label: errorKindInWords(kind) })),
        ]}
        onChange={({ currentTarget }) => choose({ kind: errorKinds.find((kind) => kind === currentTarget.value) })}
      />
    </Group>
  );
}
