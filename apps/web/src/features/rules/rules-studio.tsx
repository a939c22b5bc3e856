import type { SurvivorshipRules } from '@cinch/api-contract';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FormEvent } from 'react';
import { DocumentField } from '../../components/document-field.tsx';
import { isSameJson, jsonText, parseJson } from '../../components/json-text.ts';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useMay } from '../session/may.ts';
import { usePublishRules, type useForesee } from './queries.ts';
import { PreviewReport } from './preview-report.tsx';

interface Props {
  rules: SurvivorshipRules;
  text: string;
  setText: (text: string) => void;
  preview: ReturnType<typeof useForesee>;
}

/** The document is changed, its effect on today's customers looked at, and only then published, with a reason. */
export function RulesStudio({ rules, text, setText, preview }: Props) {
  const mayPreview = useMay('POST /api/v1/rules/survivorship/preview');
  const mayPublish = useMay('PUT /api/v1/rules/survivorship');
  const publish = usePublishRules();
  const read = parseJson(text, 'Paste a rule document.');
  const isInForce = isSameJson(read.document, rules.document);
  // What was foreseen holds against the rules that were in force then.
  const isSeen =
    preview.data?.version === rules.version && preview.isSuccess && isSameJson(preview.variables, read.document);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    publish.mutate(
      { document: read.document, reason, baseVersion: rules.version },
      {
        onSuccess: ({ version }) => {
          preview.reset();
          notifications.show({
            message: `Rules ${version} are in force: all customers are worked out by them`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
        },
      },
    );
  };

  return (
    <Panel title="Document">
      <Stack>
        <DocumentField
          id="rules-document"
          label="Rule document"
          text={text}
          onChange={setText}
          mistake={read.mistake}
          readOnly={!mayPreview}
        />
        {mayPreview && (
          <Group gap="sm">
            <Button
              variant={isSeen ? 'default' : 'filled'}
              disabled={read.mistake !== undefined || isInForce}
              loading={preview.isPending}
              onClick={() => preview.mutate(read.document)}
            >
              See what it would change
            </Button>
            {!isInForce && (
              <Button variant="default" onClick={() => setText(jsonText(rules.document))}>
                Back to the rules in force
              </Button>
            )}
            {isInForce && (
              <Text size="sm" c="dimmed">
                These are the rules in force: change something to see what it would do.
              </Text>
            )}
          </Group>
        )}
        <ProblemAlert error={preview.error ?? publish.error} />
        {isSeen && <PreviewReport preview={preview.data} />}
        {isSeen && mayPublish && !isInForce && (
          <form onSubmit={send}>
            <Group gap="sm" align="end">
              <TextInput
                label="Reason"
                description="Kept with the version, for whoever asks later."
                name="reason"
                required
                maxLength={500}
                w="min(28rem, 100%)"
              />
              <Button type="submit" loading={publish.isPending}>
                Publish as version {rules.version + 1}
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </Panel>
  );
}
