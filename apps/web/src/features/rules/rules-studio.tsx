import type { SurvivorshipRules } from '@cinch/api-contract';
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { countToType } from '../../components/count-to-type.ts';
import { DocumentField } from '../../components/document-field.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { useMay } from '../../api/may.ts';
import { DraftDifferences } from '../../components/versions/draft-differences.tsx';
import { PublishForm } from '../../components/versions/publish-form.tsx';
import { WithOthers } from '../../components/versions/with-others.tsx';
import { useNames, usePublishRules, type RulesDraft } from './queries.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleDifferences } from './rule-words.ts';

/** The rules are changed, their effect on today's customers looked at, and only then published, with a reason. */
export function RulesStudio({ rules, draft }: { rules: SurvivorshipRules; draft: RulesDraft }) {
  const mayPreview = useMay('POST /api/v1/rules/survivorship/preview');
  const [tab, setTab] = useState('form');
  return (
    <>
      <Panel title="Draft" flush={tab === 'form'}>
        <SegmentedControl
          aria-label="How the draft is written"
          value={tab}
          data={[
            { value: 'form', label: 'Form' },
            { value: 'json', label: 'JSON' },
          ]}
          onChange={setTab}
          mx={tab === 'form' ? '1.25rem' : undefined}
          mb="sm"
        />
        {tab === 'json' ? (
          <DocumentField
            id="rules-document"
            label="Rule document"
            text={draft.text}
            onChange={draft.setText}
            mistake={draft.mistake}
            readOnly={!mayPreview}
          />
        ) : draft.model ? (
          <RuleForm document={draft.model} published={draft.published} onChange={draft.change} readOnly={!mayPreview} />
        ) : (
          <Text px="1.25rem" pb="sm">
            The draft cannot be shown as a form while it has a mistake: mend it as JSON.
          </Text>
        )}
      </Panel>
      {mayPreview && <PreviewPanel rules={rules} draft={draft} />}
    </>
  );
}

/** What the draft says otherwise, what that would change, and its publication. */
function PreviewPanel({ rules, draft }: { rules: SurvivorshipRules; draft: RulesDraft }) {
  const mayPublish = useMay('PUT /api/v1/rules/survivorship');
  const names = useNames();
  const publish = usePublishRules();
  const { model, isChanged } = draft;
  // What was foreseen holds against the rules that were in force then.
  const seen = draft.seen?.version === rules.version ? draft.seen : null;
  const differences = isChanged && model ? ruleDifferences(draft.published, model, names) : [];
  return (
    <Panel title="What the draft would change">
      <Stack>
        {differences.length > 0 ? (
          <DraftDifferences version={rules.version} differences={differences} />
        ) : (
          <Text size="sm" c="dimmed">
            The draft says what the rules in force say: change something to see what it would do.
          </Text>
        )}
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
              Back to the rules in force
            </Button>
          )}
          <WithOthers kind="survivorship" system={null} version={rules.version} />
        </Group>
        <ProblemAlert error={draft.error ?? publish.error} />
        {seen && <ReachReport reach={seen.reach} />}
        {seen && mayPublish && isChanged && (
          <PublishForm
            act={`Publish as version ${rules.version + 1}`}
            count={countToType(seen.reach)}
            ofWhat="customers change"
            isPending={publish.isPending}
            onPublish={(reason) =>
              publish.mutate(
                { document: draft.document, reason, baseVersion: rules.version, count: seen.reach.count },
                {
                  onSuccess: ({ version }) => {
                    draft.discard();
                    notifications.show({
                      message: `Rules ${version} are in force: all customers are worked out by them`,
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
