import type { System } from '@cinch/api-contract';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { dropDraft, keepDraft, useKeptDraft } from '../../api/drafts.ts';
import { useMay } from '../../api/may.ts';
import { DocumentField } from '../../components/document-field.tsx';
import { isSameJson, jsonText } from '../../components/json-text.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { usePreviewScope, useSetScope } from './queries.ts';
import { ScopeReport } from './scope-report.tsx';
import { draftOf, ownRule, predicateChoices, predicateOf, type PredicateDraft } from './scope-words.ts';

/** From so many customers on, whoever changes the scope has to type how many: nobody moves thousands unread. */
const typedFrom = 100;

/** The scope is changed, whom that concerns is counted, and only then it is set. */
export function ScopeForm({ system, onDone }: { system: System; onDone: () => void }) {
  const name = { kind: 'scope', system: system.code } as const;
  const kept = useKeptDraft(name);
  const [begun] = useState(() => (kept ? (JSON.parse(kept.text) as System['scope']) : system.scope));
  const [create, setCreate] = useState(() => draftOf(begun.create));
  const [keep, setKeep] = useState(() => draftOf(begun.keep));
  const [typed, setTyped] = useState('');
  const mayPublishSets = useMay('POST /api/v1/change-sets');
  const preview = usePreviewScope(system);
  const set = useSetScope(system);
  const scope = { create: predicateOf(create), keep: predicateOf(keep) };
  const isInForce = isSameJson(scope, system.scope);
  const isSeen = preview.isSuccess && isSameJson(preview.variables, scope);
  const count = isSeen ? preview.data.reach.count : 0;
  const isHeld = count >= typedFrom && typed.trim() !== String(count);
  const send = () =>
    set.mutate(
      { scope, baseVersion: system.scopeVersion, count },
      {
        onSuccess: () => {
          notifications.show({
            message: `The next refresh of ${system.name} goes by the new scope`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
          dropDraft(name);
          onDone();
        },
      },
    );
  return (
    <Stack>
      <PredicateField
        label="Who is given a record there"
        description="Customers who have none there yet. A refresh creates it."
        draft={create}
        onChange={setCreate}
      />
      <PredicateField
        label="Whose record may stay there"
        description="The records of all others are listed as surplus. The hub deletes none of them."
        draft={keep}
        onChange={setKeep}
      />
      {isSeen && <ScopeReport preview={preview.data} />}
      {isSeen && count >= typedFrom && (
        <TextInput
          label="How many customers it is about"
          description={`Type ${count} to change what they are to ${system.name}.`}
          inputMode="numeric"
          autoComplete="off"
          w="min(20rem, 100%)"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <ProblemAlert error={preview.error ?? set.error} />
      <Group gap="sm">
        <Button
          variant={isSeen ? 'default' : 'filled'}
          disabled={isInForce || isSeen}
          loading={preview.isPending}
          onClick={() => preview.mutate(scope)}
        >
          Count whom it concerns
        </Button>
        {isSeen && (
          <Button loading={set.isPending} disabled={isHeld || isInForce} onClick={send}>
            Use this scope
          </Button>
        )}
        {mayPublishSets && !isInForce && (
          <Button
            variant="default"
            onClick={() => {
              keepDraft({ ...name, text: jsonText(scope), baseVersion: system.scopeVersion });
              onDone();
            }}
          >
            Keep it for a change set
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => {
            dropDraft(name);
            onDone();
          }}
        >
          {kept ? 'Discard the draft' : 'Cancel'}
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldProps {
  label: string;
  description: string;
  draft: PredicateDraft;
  onChange: (draft: PredicateDraft) => void;
}

function PredicateField({ label, description, draft, onChange }: FieldProps) {
  return (
    <Stack gap="xs">
      <NativeSelect
        label={label}
        description={description}
        data={predicateChoices}
        value={draft.choice}
        w="min(28rem, 100%)"
        onChange={({ currentTarget }) => onChange({ ...draft, choice: currentTarget.value })}
      />
      {draft.choice === ownRule && (
        <DocumentField
          id={label.replaceAll(' ', '-')}
          label={`${label}: the rule`}
          text={draft.text}
          onChange={(text) => onChange({ ...draft, text })}
          mistake={undefined}
          readOnly={false}
        />
      )}
    </Stack>
  );
}
