import { Badge, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { errorCodeInWords, errorStateInWords } from '../../texts.ts';
import { useSystemName } from '../../api/systems.ts';
import { entryQuery } from './queries.ts';

const route = getRouteApi('/signed-in/errors/entries/$id');

export function EntryPage() {
  const { id } = route.useParams();
  const query = useQuery(entryQuery(id));
  const nameOf = useSystemName();
  return (
    <PageFrame
      title={`Entry ${id} of the error log`}
      back={
        <TextLink to="/errors/entries" search={query.data && { cause: query.data.cause }} underline="hover">
          Entries of this cause
        </TextLink>
      }
      aside={query.data && <Badge color="slate">{errorStateInWords(query.data.state)}</Badge>}
    >
      <Loaded query={query}>
        {(entry) => (
          <>
            <Panel title={errorCodeInWords(entry.code)}>
              <Stack gap="xs">
                <Text>{entry.detail}</Text>
                <Text size="sm" c="dimmed">
                  {nameOf(entry.system)} {entry.sourceId}
                  {entry.path && <> at {entry.path}</>}
                  {entry.mappingVersion !== null && `, read by mapping ${entry.mappingVersion}`}, logged{' '}
                  <Time at={entry.at} />
                  {entry.batchId !== null && `, batch ${entry.batchId}, line ${entry.line}`}
                  {entry.resolvedAt && (
                    <>
                      , settled <Time at={entry.resolvedAt} />
                    </>
                  )}
                </Text>
              </Stack>
            </Panel>
            <Panel title="The line as it was accepted">
              {entry.raw === null ? (
                <Text c="dimmed">It came by no batch, or its bytes are not kept any more.</Text>
              ) : (
                <Stack gap="xs">
                  <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                    {entry.raw}
                  </Code>
                  <Text size="sm" c="dimmed">
                    It holds what its system sent of a person: that you looked at it is noted in the audit log.
                  </Text>
                </Stack>
              )}
            </Panel>
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}
