import { errorStates, type ErrorEntry } from '@cinch/api-contract';
import { Badge, Code, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { ChoiceFilter } from '../../components/table/choice-filter.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { errorCodeInWords, errorStateInWords } from '../../texts.ts';
import { useSystemName } from '../../api/systems.ts';
import { SystemFilter } from '../../components/system-filter.tsx';
import { entryList, type EntryFilter } from './queries.ts';

const route = getRouteApi('/signed-in/errors/entries');

export function EntryListPage() {
  const filter = route.useSearch();
  const nameOf = useSystemName();
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
        <ListTable
          label="Entries"
          list={usePagedList(entryList(filter))}
          columns={entryColumns(nameOf)}
          view={filter}
          file="errors"
          filters={<Filters filter={filter} />}
          empty={{ title: 'No such entries', advice: 'They may have been replayed or mended meanwhile.' }}
        />
      </Panel>
    </PageFrame>
  );
}

function Filters({ filter: { cause, system, state } }: { filter: EntryFilter }) {
  const navigate = route.useNavigate();
  const choose = (chosen: Pick<EntryFilter, 'system' | 'state'>) =>
    void navigate({ search: (before) => ({ ...before, ...chosen }) });
  return (
    <>
      {/* A cause is one system's. */}
      {cause === undefined && <SystemFilter system={system} onChoose={(code) => choose({ system: code })} />}
      <ChoiceFilter
        label="State"
        all="All states"
        value={state}
        choices={errorStates.map((one) => ({ value: one, label: errorStateInWords(one) }))}
        onChoose={(chosen) => choose({ state: chosen })}
      />
    </>
  );
}

const entryColumns = (nameOf: (code: string) => string): Column<ErrorEntry>[] => [
  {
    header: 'Entry',
    sort: 'at',
    width: '13rem',
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
    width: '9rem',
    value: ({ state }) => errorStateInWords(state),
    cell: ({ state }) => (
      <Badge color={state === 'open' ? 'amber' : state === 'resolved' ? 'leaf' : 'lagoon'}>
        {errorStateInWords(state)}
      </Badge>
    ),
  },
];
