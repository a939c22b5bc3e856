import { errorStates, type ErrorEntry } from '@cinch/api-contract';
import { Badge, Code, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { errorCodeInWords, errorStateInWords } from '../../texts.ts';
import { useSystemName } from '../systems/queries.ts';
import { entriesQuery } from './queries.ts';

const route = getRouteApi('/signed-in/errors/entries');

export function EntryListPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(entriesQuery(filter));
  const queryClient = useQueryClient();
  const nameOf = useSystemName();
  const readPage = async (cursor: string | undefined) => {
    const read = await queryClient.fetchQuery(entriesQuery({ ...filter, cursor, limit: 200 }));
    return { rows: read.entries, nextCursor: read.nextCursor };
  };
  return (
    <PageFrame
      title={filter.cause ? 'Entries of one cause' : 'Entries of the error log'}
      back={
        <TextLink to="/errors" underline="hover">
          Errors
        </TextLink>
      }
    >
      <Panel flush>
        <Group px="1.25rem" pt="sm">
          <NativeSelect
            size="xs"
            aria-label="State"
            value={filter.state ?? ''}
            data={[
              { value: '', label: 'All states' },
              ...errorStates.map((state) => ({ value: state, label: errorStateInWords(state) })),
            ]}
            onChange={({ currentTarget }) => {
              const state = errorStates.find((one) => one === currentTarget.value);
              void navigate({ search: ({ cursor: _, ...before }) => ({ ...before, state }) });
            }}
          />
        </Group>
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable<ErrorEntry>
                label="Entries"
                columns={entryColumns(nameOf)}
                rows={page.entries}
                rowKey={({ errorId }) => errorId}
                whole={!filter.cursor && page.nextCursor === null}
                tools={{ file: 'errors', view: filter, page: readPage }}
                empty={{ title: 'No such entries', advice: 'They may have been replayed or mended meanwhile.' }}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

const entryColumns = (nameOf: (code: string) => string): Column<ErrorEntry>[] => [
  {
    header: 'Entry',
    value: ({ errorId }) => errorId,
    cell: ({ errorId, at }) => (
      <>
        <TextLink to="/errors/entries/$id" params={{ id: String(errorId) }} preload={false} fw={600} underline="hover">
          Entry {errorId}
        </TextLink>
        <Text size="sm" c="dimmed">
          <Time at={at} />
        </Text>
      </>
    ),
  },
  {
    header: 'Record',
    value: ({ system, sourceId }) => [nameOf(system), sourceId].filter(Boolean).join(' '),
    cell: ({ system, sourceId }) => (
      <>
        <SystemName code={system} name={nameOf(system)} />
        <Text size="sm">{sourceId ?? 'without a key'}</Text>
      </>
    ),
  },
  {
    header: 'What is wrong',
    width: '45%',
    value: ({ code, path, detail }) => [errorCodeInWords(code), path, detail].filter(Boolean).join(': '),
    cell: ({ code, path, detail }) => (
      <>
        <Text span inherit fw={600}>
          {errorCodeInWords(code)}
        </Text>{' '}
        {path && <Code>{path}</Code>}
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Text>
      </>
    ),
  },
  {
    header: 'State',
    value: ({ state }) => errorStateInWords(state),
    cell: ({ state }) => (
      <Badge color={state === 'open' ? 'amber' : state === 'resolved' ? 'leaf' : 'lagoon'}>
        {errorStateInWords(state)}
      </Badge>
    ),
  },
];
