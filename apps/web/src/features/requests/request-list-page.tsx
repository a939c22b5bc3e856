import { requestStates, type ChangeRequest } from '@cinch/api-contract';
import { getRouteApi } from '@tanstack/react-router';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ChoiceFilter } from '../../components/table/choice-filter.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { openInWords, requestStateInWords } from '../../texts.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useMay } from '../../api/may.ts';
import { useSystemName } from '../../api/systems.ts';
import { AnswerForm } from './answer-form.tsx';
import { requestList } from './queries.ts';
import { requestColumns } from './request-columns.tsx';

const route = getRouteApi('/signed-in/change-requests');

export function RequestListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePagedList(requestList(filter));
  const nameOf = useSystemName();
  const mayAnswer = useMay('POST /api/v1/change-requests/:requestId/answer');
  const answered = list.rows.find(
    ({ requestId, state }) => mayAnswer && requestId === filter.answer && state === 'open',
  );
  return (
    <PageFrame
      title="Change requests"
      lead="Changes of a value that another system owns. None of them is taken over until a steward or an admin has answered for the owner."
    >
      <Panel flush>
        <ListTable
          label={`Change requests: ${requestStateInWords(filter.state).toLowerCase()}`}
          list={list}
          columns={requestColumns(filter.state, nameOf, mayAnswer)}
          view={filter}
          file={`change-requests-${filter.state}`}
          filters={
            <ChoiceFilter
              label="State of the change requests"
              value={filter.state}
              choices={requestStates.map((state) => ({ value: state, label: requestStateInWords(state) }))}
              onChoose={(state) => void navigate({ search: ({ hide }) => ({ hide, state: state ?? 'open' }) })}
            />
          }
          note={openInWords(list.first?.open)}
          empty={emptyView(filter.state)}
        />
      </Panel>
      <Answering
        request={answered}
        onClose={() => void navigate({ search: (before) => ({ ...before, answer: undefined }), resetScroll: false })}
      />
    </PageFrame>
  );
}

function Answering({ request, onClose }: { request: ChangeRequest | undefined; onClose: () => void }) {
  if (!request) return null;
  return (
    <ActDialog title={`${request.label} of ${request.customer}`} onClose={onClose}>
      <AnswerForm request={request} onDone={onClose} />
    </ActDialog>
  );
}

function emptyView(state: ChangeRequest['state']) {
  if (state === 'open')
    return {
      title: 'No change request waits for an answer',
      advice: 'When a system changes a value that another one owns, it is listed here instead of being taken over.',
    };
  return {
    title: 'None',
    advice: `No change request is in the state “${requestStateInWords(state)}”. Choose another state above.`,
  };
}
