import { holdStates, type Hold } from '@cinch/api-contract';
import { getRouteApi } from '@tanstack/react-router';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChoiceFilter } from '../../components/table/choice-filter.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { holdStateInWords, openInWords } from '../../texts.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useMay } from '../../api/may.ts';
import { HoldAnswerForm } from './hold-answer-form.tsx';
import { holdColumns } from './hold-columns.tsx';
import { holdList } from './queries.ts';

const route = getRouteApi('/signed-in/held');

export function HoldListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePagedList(holdList(filter));
  const mayAnswer = useMay('POST /api/v1/holds/:holdId/answer');
  const answered = list.rows.find(({ holdId, answer }) => mayAnswer && holdId === filter.answer && answer === null);
  return (
    <PageFrame
      title="Held"
      lead="What does not count until an admin has said what it was. It is kept, golden values stay as they are, and nothing is written to its rows."
    >
      <Panel flush>
        <ListTable
          label={`Held: ${holdStateInWords(filter.state).toLowerCase()}`}
          list={list}
          columns={holdColumns(filter.state, mayAnswer)}
          view={filter}
          file={`held-${filter.state}`}
          filters={
            <ChoiceFilter
              label="State of the questions"
              value={filter.state}
              choices={holdStates.map((state) => ({ value: state, label: holdStateInWords(state) }))}
              onChoose={(state) => void navigate({ search: ({ hide }) => ({ hide, state: state ?? 'open' }) })}
            />
          }
          note={openInWords(list.first?.open)}
          empty={emptyView(filter.state)}
        />
      </Panel>
      <Answering
        hold={answered}
        onClose={() => void navigate({ search: (before) => ({ ...before, answer: undefined }), resetScroll: false })}
      />
    </PageFrame>
  );
}

function Answering({ hold, onClose }: { hold: Hold | undefined; onClose: () => void }) {
  if (!hold) return null;
  return (
    <ActDialog title={titles[hold.reason](hold)} onClose={onClose}>
      <HoldAnswerForm hold={hold} onDone={onClose} />
    </ActDialog>
  );
}

const titles: Record<Hold['reason'], (hold: Hold) => string> = {
  restore: ({ systemName }) => `Was ${systemName} set back?`,
  'changed-much': ({ systemName }) => `Is what ${systemName} told right?`,
  newcomer: ({ systemName }) => `Is what ${systemName} told right?`,
  'somebody-else': ({ systemName, sourceId }) => `Is ${sourceId ?? 'the row'} of ${systemName} somebody else now?`,
};

function emptyView(state: 'open' | 'answered') {
  if (state === 'open')
    return {
      title: 'Nothing is held',
      advice:
        'When a system looks as if it had been set back, or a row as if it were somebody else now, it is held, and the question is listed here.',
    };
  return { title: 'No question was answered yet', advice: 'What is asked stands among the open ones.' };
}
