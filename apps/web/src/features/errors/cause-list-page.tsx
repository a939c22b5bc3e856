import { errorKinds } from '@cinch/api-contract';
import { getRouteApi } from '@tanstack/react-router';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChoiceFilter } from '../../components/table/choice-filter.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { errorKindInWords } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { useSystemName } from '../../api/systems.ts';
import { SystemFilter } from '../../components/system-filter.tsx';
import { causeColumns } from './cause-columns.tsx';
import { causeList, type CauseFilter } from './queries.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { ReplayPanel } from './replay-panel.tsx';
import { TieDialog } from './tie-dialog.tsx';

const route = getRouteApi('/signed-in/errors');

export function CauseListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePagedList(causeList(filter));
  const nameOf = useSystemName();
  const mayReplay = useMay('POST /api/v1/errors/replay');
  const mayTie = useMay('POST /api/v1/systems/:system/mapping/codes');
  const tied = list.rows.find(({ cause }) => cause === filter.tie);
  const replayed = list.rows.find(({ cause }) => cause === filter.replay);
  return (
    <PageFrame
      title="Errors"
      lead="What was accepted and could not be taken in, by its cause. Mend the cause, most often the mapping, then replay: the lines go on as if nothing had been."
    >
      <Panel flush>
        <ListTable
          label="Causes"
          list={list}
          columns={causeColumns(nameOf, { mayReplay, mayTie })}
          view={filter}
          file="error-causes"
          filters={<Filters filter={filter} />}
          empty={
            filter.system || filter.kind
              ? {
                  title: 'Nothing of this kind is open',
                  advice: 'Choose all systems and all kinds to see the rest.',
                }
              : { title: 'No open errors', advice: 'All that was accepted has been taken in.' }
          }
        />
      </Panel>
      <ReplayPanel />
      {replayed && mayReplay && (
        <ReplayDialog
          cause={replayed}
          onClose={() => void navigate({ search: (before) => ({ ...before, replay: undefined }), resetScroll: false })}
        />
      )}
      {tied && mayTie && (
        <TieDialog
          cause={tied}
          onClose={() => void navigate({ search: (before) => ({ ...before, tie: undefined }), resetScroll: false })}
        />
      )}
    </PageFrame>
  );
}

function Filters({ filter: { system, kind } }: { filter: CauseFilter }) {
  const navigate = route.useNavigate();
  const choose = (chosen: Pick<CauseFilter, 'system' | 'kind'>) =>
    void navigate({ search: (before) => ({ ...before, ...chosen }) });
  return (
    <>
      <SystemFilter system={system} onChoose={(code) => choose({ system: code })} />
      <ChoiceFilter
        label="Kind"
        all="All kinds"
        value={kind}
        choices={errorKinds.map((one) => ({ value: one, label: errorKindInWords(one) }))}
        onChoose={(chosen) => choose({ kind: chosen })}
      />
    </>
  );
}
