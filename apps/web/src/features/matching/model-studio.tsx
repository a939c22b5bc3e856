import type { MatchFieldList, PublishedMatchModel } from '@cinch/api-contract';
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { countToType } from '../../components/count-to-type.ts';
import { DataTable } from '../../components/data-table.tsx';
import { DocumentField } from '../../components/document-field.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { useMay } from '../../api/may.ts';
import { PublishForm } from '../../components/versions/publish-form.tsx';
import { WithOthers } from '../../components/versions/with-others.tsx';
import { modelDifferences } from './model-words.ts';
import { MatchPreviewReport } from './preview-report.tsx';
import { usePublishModel, type MatchDraft } from './queries.ts';

interface Props {
  latest: PublishedMatchModel;
  fields: MatchFieldList;
  draft: MatchDraft;
}

/** What the draft says otherwise, what that would change, and only then its publication. */
export function ModelStudio({ latest, fields, draft }: Props) {
  const mayPreview = useMay('POST /api/v1/rules/matching/preview');
  const mayPublish = useMay('PUT /api/v1/rules/matching');
  const [tab, setTab] = useState('changes');
  const publish = usePublishModel();
  const { published, model, isChanged, seen } = draft;
  const differences = isChanged && model ? modelDifferences(published, model, fields) : [];
  return (
    <Panel title="Draft">
      <Stack>
        <SegmentedControl
          aria-label="How the draft is shown"
          value={tab}
          data={[
            { value: 'changes', label: 'Changes' },
            { value: 'json', label: 'JSON' },
          ]}
          onChange={setTab}
          style={{ alignSelf: 'flex-start' }}
        />
        {tab === 'json' ? (
          <DocumentField
            id="match-model-document"
            label="Match model"
            text={draft.text}
            onChange={draft.setText}
            mistake={draft.mistake}
            readOnly={!mayPreview}
          />
        ) : differences.length > 0 ? (
          <DataTable
            label="What the draft says otherwise"
            columns={[
              { header: 'What', width: '34%', cell: ({ of }) => of },
              { header: `Version ${latest.version}`, width: '33%', cell: ({ before }) => before },
              { header: 'Draft', width: '33%', cell: ({ after }) => <strong>{after}</strong> },
            ]}
            rows={differences}
            rowKey={({ of }) => of}
            empty={{ title: 'Nothing' }}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {isChanged
              ? (draft.mistake ?? 'The draft says the same in other words.')
              : `The draft says what version ${latest.version} says. Move a threshold, count again, or change the document as JSON.`}
          </Text>
        )}
        {mayPreview && (
          <Group gap="sm">
            <Button
              variant={seen ? 'default' : 'filled'}
              disabled={!isChanged || draft.mistake !== undefined}
              loading={draft.isAsking}
              onClick={draft.foresee}
            >
              See what it would change
            </Button>
            {isChanged && (
              <Button variant="default" onClick={draft.discard}>
                Discard the draft
              </Button>
            )}
            <WithOthers kind="matching" system={null} version={latest.version} />
          </Group>
        )}
        <ProblemAlert error={draft.error ?? publish.error} />
        {seen && <MatchPreviewReport preview={seen} />}
        {seen && <ReachReport reach={seen.reach} />}
        {seen && mayPublish && isChanged && (
          <PublishForm
            act={`Publish as version ${latest.version + 1}`}
            count={countToType(seen.reach)}
            ofWhat="customers change"
            isPending={publish.isPending}
            onPublish={(reason) =>
              publish.mutate(
                { document: draft.document, reason, baseVersion: latest.version, count: seen.reach.count },
                {
                  onSuccess: ({ version }) => {
                    draft.discard();
                    notifications.show({
                      message: `Match model ${version} is published: all records are matched again`,
                      closeButtonProps: { 'aria-label': 'Close' },
                    });
                  },
                },
              )
            }
          />
        )}
      </Stack>
    </Panel>
  );
}
