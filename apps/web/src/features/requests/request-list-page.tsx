import { requestStates, type ChangeRequest } from '@cinch/api-contract';
import { Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { requestStateInWords } from '../../texts.ts';
import { ActDialog } from '../decisions/act-dialog.tsx';
import { useSystemName } from '../systems/queries.ts';
import { AnswerForm } from './answer-form.tsx';
import { requestFilter, requestsQuery } from './queries.ts';
import { requestColumns } from './request-columns.tsx';

const route = getRouteApi('/signed-in/change-requests');

export function RequestListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(requestsQuery(filter));
  const nameOf = useSystemName();
  return (
    <PageFrame
      title="Change requests"
      lead="Changes of a value that another system owns. None of them is taken over until somebody has answered for the owner."
    >
      <Panel flush>
        <Group justify="space-between" px="1.25rem" py="sm">
          <NativeSelect
            aria-label="State of the change requests"
            value={filter.state}
            data={requestStates.map((state) => ({ value: state, label: requestStateInWords(state) }))}
            onChange={({ currentTarget }) =>
              void navigate({ search: { state: requestFilter.parse({ state: currentTarget.value }).state } })
            }
          />
          {query.data && (
            <Text size="sm" c="dimmed">
              {query.data.open === 0 ? 'None open' : `${query.data.open.toLocaleString('en')} open in all`}
            </Text>
          )}
        </Group>
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable
                label={`Change requests: ${requestStateInWords(filter.state).toLowerCase()}`}
                columns={requestColumns(filter.state, nameOf)}
                rows={page.requests}
                rowKey={({ requestId }) => requestId}
                empty={emptyView(filter.state)}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
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
