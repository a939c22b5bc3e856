import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { problemOf } from '../../api/problem-error.ts';
import { EmptyView } from '../../components/empty-view.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { RefreshSome } from '../../components/refresh-some.tsx';
import { useSystemName } from '../../api/systems.ts';
import { FindRecordForm } from './find-record-form.tsx';
import { recordErrorsQuery, recordQuery, type RecordAddress } from './queries.ts';
import { RecordErrors } from './record-errors.tsx';
import { RecordPlace } from './record-place.tsx';
import { RecordTimeline } from './record-timeline.tsx';
import { RecordWords } from './record-words.tsx';

const route = getRouteApi('/signed-in/records');

export function RecordPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const nameOf = useSystemName();
  const { system, id } = filter;
  const record = system && id ? { system, id } : null;
  return (
    <PageFrame
      title={record ? `${nameOf(record.system)} ${record.id}` : 'Source records'}
      lead="Any record of any system, by its id there: where it is, what it said, what it was sent, and what went wrong."
    >
      <Panel>
        <FindRecordForm filter={filter} onFind={(found) => void navigate({ search: found })} />
      </Panel>
      {record ? (
        <Life key={`${record.system} ${record.id}`} record={record} />
      ) : (
        <Text c="dimmed">Choose the system and type an id as that system writes it, such as A-100042.</Text>
      )}
    </PageFrame>
  );
}

function Life({ record }: { record: RecordAddress }) {
  const query = useQuery(recordQuery(record));
  const errors = useQuery(recordErrorsQuery(record));
  if (query.error && problemOf(query.error).status === 404)
    return (
      <Panel>
        <EmptyView title="The hub knows no such record">{problemOf(query.error).detail}</EmptyView>
      </Panel>
    );
  return (
    <Loaded query={query}>
      {(known) => (
        <Stack gap="lg">
          <Panel
            title="Where it is"
            aside={
              known.state === 'live' && (
                <RefreshSome
                  asked={{ system: record.system, sourceIds: [record.id], resend: true }}
                  label="Send this record again"
                />
              )
            }
          >
            <RecordPlace record={known} own={record} />
          </Panel>
          <Panel title="Errors" flush>
            <Loaded query={errors}>{({ entries }) => <RecordErrors errors={entries} />}</Loaded>
          </Panel>
          {known.state !== 'not-taken' && (
            <>
              <RecordTimeline record={record} />
              <Panel title="What it says, and what its system holds" flush>
                <RecordWords record={known} />
              </Panel>
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
