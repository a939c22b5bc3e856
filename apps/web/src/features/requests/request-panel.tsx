import { requestStates, type ChangeRequest } from '@cinch/api-contract';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { requestStateInWords } from '../../texts.ts';
import { ActDialog } from '../decisions/act-dialog.tsx';
import { useSystemName } from '../systems/queries.ts';
import { AnswerForm } from './answer-form.tsx';
import { requestFilter, requestsQuery, type RequestFilter } from './queries.ts';
import { requestColumns } from './request-columns.tsx';

const route = getRouteApi('/signed-in/conflicts');

/** Writes to values that another system owns, among the conflicts: they too wait for a person. */
export function RequestPanel({ filter }: { filter: RequestFilter }) {
  const navigate = route.useNavigate();
  const query = useQuery(requestsQuery(filter));
  const nameOf = useSystemName();
  return (
    <Panel
      title="Change requests"
      flush
      aside={
        <NativeSelect
          size="xs"
          aria-label="State of the change requests"
          value={filter.requests}
          data={requestStates.map((state) => ({ value: state, label: requestStateInWords(state) }))}
          onChange={({ currentTarget }) =>
            void navigate({
              search: ({ state, attribute, cursor }) => ({
                state,
                attribute,
                cursor,
                requests: requestFilter.parse({ requests: currentTarget.value }).requests,
              }),
              resetScroll: false,
            })
          }
        />
      }
    >
      <Loaded query={query}>
        {(page) => (
          <>
            <DataTable
              label={`Change requests: ${requestStateInWords(filter.requests).toLowerCase()}`}
              columns={requestColumns(filter.requests, nameOf)}
              rows={page.requests}
              rowKey={({ requestId }) => requestId}
              empty={emptyView(filter.requests)}
            />
            <Pager
              cursor={filter.requestCursor}
              nextCursor={page.nextCursor}
              param="requestCursor"
              label="Pages of change requests"
            />
            <Answering
              request={page.requests.find(({ requestId, state }) => requestId === filter.answer && state === 'open')}
              onClose={() =>
                void navigate({ search: (before) => ({ ...before, answer: undefined }), resetScroll: false })
              }
            />
          </>
        )}
      </Loaded>
    </Panel>
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
