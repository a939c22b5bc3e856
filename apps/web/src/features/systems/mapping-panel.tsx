import type { MappingVersionList } from '@cinch/api-contract';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dropDraft, keepDraft, useKeptDraft } from '../../api/drafts.ts';
import { problemOf } from '../../api/problem-error.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { DocumentField } from '../../components/document-field.tsx';
import { isSameJson, jsonText, parseJson } from '../../components/json-text.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { Time } from '../../components/time.tsx';
import { WithOthers } from '../../components/versions/with-others.tsx';
import { useMay } from '../../api/may.ts';
import { MappingReport } from './mapping-report.tsx';
import { mappingsQuery, useCheckMapping, usePublishMapping } from './queries.ts';

type Version = MappingVersionList['versions'][number];

export function MappingPanel({ code }: { code: string }) {
  const query = useQuery(mappingsQuery(code));
  return <Loaded query={query}>{(versions) => <Studio code={code} versions={versions} />}</Loaded>;
}

/** The document is looked at, changed, checked on what the system really sent, and only then published. */
function Studio({ code, versions }: { code: string; versions: readonly Version[] }) {
  const [latest] = versions;
  const mayPublish = useMay('PUT /api/v1/systems/:system/mapping');
  const kept = useKeptDraft({ kind: 'mapping', system: code });
  const text = kept?.text ?? textOf(latest);
  const baseVersion = latest?.version ?? 0;
  const setText = (next: string) =>
    next === textOf(latest)
      ? dropDraft({ kind: 'mapping', system: code })
      : keepDraft({ kind: 'mapping', system: code, text: next, baseVersion });
  const [count, setCount] = useState('');
  const [from, setFrom] = useState(latest?.version);
  const check = useCheckMapping(code);
  const publish = usePublishMapping(code);
  const read = parseJson(text, 'Paste a mapping document: see docs/mapping.md.');
  const isPublished = latest !== undefined && text === textOf(latest);
  const isChecked = check.isSuccess && check.variables !== undefined && isSameJson(check.variables, read.document);

  // What so much depends on is published by whoever has read how much it is.
  const asksCount = publish.isError && problemOf(publish.error).code === 'reach-unseen';
  const reach = publish.isError ? problemOf(publish.error).reach : undefined;

  const take = (version: Version) => {
    setText(textOf(version));
    setFrom(version.version);
    check.reset();
    publish.reset();
    document.getElementById('mapping-document')?.focus();
  };
  const send = () =>
    publish.mutate(
      { document: read.document, baseVersion, ...(asksCount && { count: Number(count) }) },
      {
        onSuccess: ({ version }) => {
          setCount('');
          dropDraft({ kind: 'mapping', system: code });
          setFrom(version);
          check.reset();
          notifications.show({
            message: `Mapping ${version} is in force: what the system said is read anew`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
        },
      },
    );

  return (
    <>
      <Panel title={mayPublish ? 'Document' : 'Document in force'}>
        <Stack>
          <DocumentField
            id="mapping-document"
            label={from === undefined ? 'Mapping document' : `Mapping document, from version ${from}`}
            text={text}
            onChange={setText}
            mistake={read.mistake}
            readOnly={!mayPublish}
          />
          {mayPublish && (
            <Group gap="sm">
              <Button
                variant={isChecked ? 'default' : 'filled'}
                disabled={read.mistake !== undefined}
                loading={check.isPending}
                onClick={() => check.mutate(read.document)}
              >
                Check on what the system sent
              </Button>
              <Button
                variant={isChecked ? 'filled' : 'default'}
                disabled={!isChecked || isPublished || (asksCount && !/^\d+$/.test(count.trim()))}
                loading={publish.isPending}
                onClick={send}
              >
                Publish as version {baseVersion + 1}
              </Button>
              <WithOthers kind="mapping" system={code} version={baseVersion} />
              <Text size="sm" c="dimmed">
                {isPublished
                  ? 'This is the version in force.'
                  : !isChecked && 'Check the document before it is published.'}
              </Text>
            </Group>
          )}
          <ProblemAlert error={check.error ?? publish.error} />
          {asksCount && (
            <TextInput
              label="How many customers it changes"
              description="Type the number that stands above, then publish."
              inputMode="numeric"
              autoComplete="off"
              w="min(20rem, 100%)"
              value={count}
              onChange={({ currentTarget }) => setCount(currentTarget.value)}
            />
          )}
          {isChecked && <MappingReport report={check.data} />}
          {asksCount && reach && <ReachReport reach={reach} />}
        </Stack>
      </Panel>
      <Panel title="Versions" flush>
        <DataTable
          label="Versions of the mapping"
          columns={[...columns, ...(mayPublish ? [takeColumn(take, latest?.version)] : [])]}
          rows={versions}
          rowKey={({ version }) => version}
          empty={{ title: 'No mapping yet', advice: 'Write the first one above, check it, and publish it.' }}
        />
      </Panel>
    </>
  );
}

const columns: readonly Column<Version>[] = [
  { header: 'Version', cell: ({ version }) => version },
  { header: 'Published', cell: ({ publishedAt }) => <Time at={publishedAt} /> },
  { header: 'By', cell: ({ publishedBy }) => publishedBy },
];

/** Rolling back is publishing an older document anew: checked like any other, and itself a version. */
const takeColumn = (take: (version: Version) => void, inForce: number | undefined): Column<Version> => ({
  header: 'Act',
  cell: (one) =>
    one.version === inForce ? (
      'in force'
    ) : (
      <Button variant="default" size="xs" onClick={() => take(one)}>
        Go back to version {one.version}
      </Button>
    ),
});

function textOf(version: Version | undefined): string {
  return version ? jsonText(version.document) : '';
}
