import type { System } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { surplusReasonInWords } from '../../texts.ts';
import { RecordLink } from '../../components/record-link.tsx';
import { oldList, surplusList, type OldRecord, type Surplus } from './surplus-queries.ts';

const route = getRouteApi('/signed-in/systems/$code');

/** What the system holds and should perhaps not: found by its last refresh, or missing from its own last load. A person decides. */
export function SurplusPanel({ system }: { system: System }) {
  const { code, name } = system;
  const list = usePagedList(surplusList(code));
  const view = route.useSearch();
  return (
    <>
      <Panel
        title="Records without a place there"
        flush
        aside={
          list.first?.run && (
            <Text size="sm">
              As of{' '}
              <TextLink to="/refreshes/$id" params={{ id: String(list.first.run.runId) }} search={{ kind: 'surplus' }}>
                run {list.first.run.runId}
              </TextLink>
              , <Time at={list.first.run.startedAt} />
            </Text>
          )
        }
      >
        <ListTable
          label="Surplus"
          list={list}
          columns={surplusColumns(code)}
          view={view}
          file={`surplus-${code}`}
          empty={
            list.first?.run
              ? { title: 'No surplus', advice: `Every record in ${name} belongs to a customer who has a place there.` }
              : { title: 'Not looked at yet', advice: 'The first refresh finds what has no place there.' }
          }
        />
      </Panel>
      <Panel title="Flagged for deletion: not in its last load" flush>
        <ListTable
          label="Flagged records"
          list={usePagedList(oldList(code))}
          columns={oldColumns}
          view={view}
          file={`flagged-${code}`}
          empty={{ title: 'Nothing is flagged', advice: `The last complete load of ${name} showed all its records.` }}
        />
      </Panel>
    </>
  );
}

const surplusColumns = (system: string): readonly Column<Surplus>[] => [
  {
    header: 'Record',
    value: ({ sourceId }) => sourceId,
    cell: ({ sourceId }) => <RecordLink system={system} sourceId={sourceId} />,
  },
  {
    header: 'Customer',
    value: ({ customer }) => customer,
    cell: ({ customerId, customer }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }} underline="hover">
        {customer}
      </TextLink>
    ),
  },
  {
    header: 'Why',
    value: ({ why }) => surplusReasonInWords(why),
    cell: ({ why }) => surplusReasonInWords(why),
  },
];

const oldColumns: readonly Column<OldRecord>[] = [
  {
    header: 'Record',
    value: ({ sourceId }) => sourceId,
    cell: ({ system, sourceId }) => <RecordLink system={system} sourceId={sourceId} />,
  },
  {
    header: 'Customer',
    value: ({ customer }) => customer,
    cell: ({ customerId, customer }) =>
      customerId === null ? (
        customer
      ) : (
        <TextLink to="/customers/$id" params={{ id: customerId }} underline="hover">
          {customer}
        </TextLink>
      ),
  },
  {
    header: 'Load that did not show it',
    value: ({ loadId }) => loadId,
    cell: ({ loadId, asOf }) => (
      <>
        {loadId}, as of <Time at={asOf} />
      </>
    ),
  },
  { header: 'Flagged', value: ({ oldSince }) => oldSince, cell: ({ oldSince }) => <Time at={oldSince} /> },
];
