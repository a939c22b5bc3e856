import type { CanonicalModelCheck, PublishedCanonicalModel, ShapeList } from '@cinch/api-contract';
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMay } from '../../api/may.ts';
import { countToType } from '../../components/count-to-type.ts';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { DraftDifferences } from '../../components/versions/draft-differences.tsx';
import { PublishForm } from '../../components/versions/publish-form.tsx';
import { WithOthers } from '../../components/versions/with-others.tsx';
import { countOf } from '../../texts.ts';
import { modelDifferences } from './model-words.ts';
import { useCheck, usePublishModel, type ModelDraft } from './queries.ts';

interface Props {
  latest: PublishedCanonicalModel;
  shapes: ShapeList;
  draft: ModelDraft;
}

/** What the draft says otherwise, its mistakes, what it would change, and its publication. */
export function PreviewPanel({ latest, shapes, draft }: Props) {
  const mayPublish = useMay('PUT /api/v1/canonical-model');
  const [check, publish] = [useCheck(), usePublishModel()];
  const [checked, setChecked] = useState<string | null>(null);
  const { model, isChanged, seen, text } = draft;
  const differences = isChanged && model ? modelDifferences(draft.published, model, shapes) : [];
  const isAdding = differences.some(({ before }) => before === 'not there');
  const isReady = isChanged && draft.document !== undefined;
  return (
    <Panel title="What the draft would change">
      <Stack>
        {differences.length > 0 ? (
          <DraftDifferences version={latest.version} differences={differences} />
        ) : (
          <Text size="sm" c="dimmed">
            The draft says what the model in force says: add or change something to see what it would do.
          </Text>
        )}
        <Group gap="sm">
          <Button
            variant="default"
            disabled={!isReady}
            loading={check.isPending}
            onClick={() => check.mutate(draft.document, { onSuccess: () => setChecked(text) })}
          >
            Check the draft
          </Button>
          <Button
            variant={seen ? 'default' : 'filled'}
            disabled={!isReady || draft.mistake !== undefined}
            loading={draft.isAsking}
            onClick={draft.foresee}
          >
            See what it would change
          </Button>
          {isChanged && (
            <Button variant="default" onClick={draft.discard}>
              Back to the model in force
            </Button>
          )}
          <WithOthers kind="canonicalModel" system={null} version={latest.version} />
        </Group>
        {check.data && checked === text && <Mistakes problems={check.data} />}
        <ProblemAlert error={draft.error ?? publish.error ?? check.error} />
        {seen && <ReachReport reach={seen} />}
        {seen && mayPublish && isChanged && (
          <PublishForm
            act={`Publish as version ${latest.version + 1}`}
            count={countToType(seen)}
            ofWhat="customers change"
            isPending={publish.isPending}
            onPublish={(reason) =>
              publish.mutate(
                { document: draft.document, reason, baseVersion: latest.version, count: seen.count },
                {
                  onSuccess: ({ version }) => {
                    draft.discard();
                    notifications.show({
                      message: `Version ${version} of the canonical model is in force${isAdding ? ': what is new is filled by the mapping of a system, on its page' : ''}`,
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

/** All of them at once, each with its place in the document. */
function Mistakes({ problems }: { problems: CanonicalModelCheck['problems'] }) {
  if (problems.length === 0)
    return (
      <Alert color="leaf" title="No mistakes" role="status">
        The draft can be published. See what it would change first.
      </Alert>
    );
  return (
    <Alert color="red" title={countOf(problems.length, 'mistake')} role="alert">
      <List size="sm">
        {problems.map(({ path, code, detail }) => (
          <List.Item key={`${path} ${code}`}>
            {path && `${path}: `}
            {detail}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
