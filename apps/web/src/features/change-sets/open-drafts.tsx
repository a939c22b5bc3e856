import type { ChangeSetCheck, ProposedDocument } from '@cinch/api-contract';
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { dropDraft, useKeptDrafts, type KeptDraft } from '../../api/drafts.ts';
import { useSystemName } from '../../api/systems.ts';
import { countToType } from '../../components/count-to-type.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { parseJson } from '../../components/json-text.ts';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { PublishForm } from '../../components/versions/publish-form.tsx';
import { countOf } from '../../texts.ts';
import { DocumentLink } from './document-link.tsx';
import { documentInWords } from './document-words.ts';
import { MistakeTable } from './mistake-table.tsx';
import { useCheckSet, usePublishSet } from './queries.ts';

interface Draft extends KeptDraft {
  document?: unknown;
  /** Why it says nothing yet. */
  mistake?: string;
}

const keyOf = ({ kind, system }: KeptDraft) => `${kind} ${system}`;

/** What is being changed anywhere in the console: chosen, checked as a whole, looked at, and only then published. */
export function OpenDrafts() {
  const [left, setLeft] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState<{ of: string; answer: ChangeSetCheck } | null>(null);
  const [check, publish] = [useCheckSet(), usePublishSet()];
  const drafts = useKeptDrafts().map((one): Draft => ({ ...one, ...parseJson(one.text, 'The document is empty.') }));
  const chosen = drafts.filter((one) => !left.includes(keyOf(one)));
  const documents = chosen.map(proposed);
  const isReady = chosen.length > 0 && chosen.every(({ mistake }) => mistake === undefined);
  // What was checked holds for the documents as they were then.
  const name = JSON.stringify(documents);
  const answer = checked?.of === name ? checked.answer : null;
  const send = (reason: string, count: number) =>
    publish.mutate(
      { documents, reason, count },
      {
        onSuccess: () => {
          for (const one of chosen) dropDraft(one);
          notifications.show({
            message: `${countOf(chosen.length, 'document')} in force`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
        },
      },
    );
  const choose = (key: string, isIn: boolean) => setLeft(isIn ? left.filter((one) => one !== key) : [...left, key]);
  return (
    <Panel title="Open drafts">
      <Stack>
        <DataTable
          label="Open drafts"
          columns={columns(useSystemName(), left, choose)}
          rows={drafts}
          rowKey={keyOf}
          empty={{
            title: 'No draft is open',
            advice:
              'Change the canonical model, the rules, the match model, or a mapping or a scope of a system: each draft waits here until it is published or discarded.',
          }}
        />
        {drafts.length > 0 && (
          <Group gap="sm">
            <Button
              variant={answer?.reach ? 'default' : 'filled'}
              disabled={!isReady}
              loading={check.isPending}
              onClick={() => check.mutate(documents, { onSuccess: (said) => setChecked({ of: name, answer: said }) })}
            >
              Check them and see what they would change
            </Button>
            {!isReady && (
              <Text size="sm" c="dimmed">
                {chosen.length === 0 ? 'Choose at least one.' : 'Mend the draft that is no JSON yet, or leave it out.'}
              </Text>
            )}
          </Group>
        )}
        <ProblemAlert error={check.error ?? publish.error} />
        {answer && answer.problems.length > 0 && <MistakeTable problems={answer.problems} />}
        {answer?.reach && <ReachReport reach={answer.reach} />}
        {answer?.reach && (
          <PublishForm
            act={`Publish ${countOf(chosen.length, 'document')}`}
            count={countToType(answer.reach)}
            ofWhat="customers change"
            isPending={publish.isPending}
            onPublish={(reason) => send(reason, answer.reach!.count)}
          />
        )}
      </Stack>
    </Panel>
  );
}

function baseInWords(version: number, system: string | null): string {
  if (version > 0) return `version ${version}`;
  return system === null ? 'the one that ships' : 'none before it';
}

function proposed({ kind, system, document, baseVersion }: Draft): ProposedDocument {
  return { kind, ...(system !== null && { system }), document, baseVersion } as ProposedDocument;
}

const columns = (
  nameOf: (code: string) => string,
  left: readonly string[],
  choose: (key: string, isIn: boolean) => void,
): readonly Column<Draft>[] => [
  {
    header: 'In the set',
    width: '7rem',
    cell: (one) => (
      <Checkbox
        aria-label={`${documentInWords(one, nameOf)} is in the set`}
        checked={!left.includes(keyOf(one))}
        onChange={({ currentTarget }) => choose(keyOf(one), currentTarget.checked)}
      />
    ),
  },
  { header: 'Document', cell: ({ kind, system }) => <DocumentLink kind={kind} system={system} /> },
  {
    header: 'Made from',
    cell: ({ baseVersion, system, mistake }) => mistake ?? baseInWords(baseVersion, system),
  },
  {
    header: 'Act',
    cell: (one) => (
      <Button
        size="xs"
        variant="default"
        aria-label={`Discard the draft: ${documentInWords(one, nameOf)}`}
        onClick={() => dropDraft(one)}
      >
        Discard
      </Button>
    ),
  },
];
