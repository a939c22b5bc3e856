import type { System } from '@cinch/api-contract';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { DocumentField } from '../../components/document-field.tsx';
import { isSameJson } from '../../components/json-text.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { usePreviewScope, useSetScope } from './queries.ts';
import { ScopeReport } from './scope-report.tsx';
import { draftOf, ownRule, predicateChoices, predicateOf, type PredicateDraft } from './scope-words.ts';

/** From so many customers on, whoever changes the scope has to type how many: nobody moves thousands unread. */
const typedFrom = 100;

/** The scope is changed, whom that concerns is counted, and only then it is set. */
export function ScopeForm({ system, onDone }: { system: System; onDone: () => void }) {
  const [create, setCreate] = useState(() => draftOf(system.scope.create));
  const [keep, setKeep] = useState(() => draftOf(system.scope.keep));
  const [typed, setTyped] = useState('');
  const preview = usePreviewScope(system);
  const set = useSetScope(system);
  const scope = { create: predicateOf(create), keep: predicateOf(keep) };
  const isInForce = isSameJson(scope, system.scope);
  const isSeen = preview.isSuccess && isSameJson(preview.variables, scope);
  const count = isSeen ? preview.data.reach.count : 0;
  const isHeld = count >= typedFrom && typed.trim() !== String(count);
  const send = () =>
    set.mutate(
      { scope, count },
      {
        onSuccess: () => {
          notifications.show({
            message: `The next refresh of ${system.name} goes by the new scope`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
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
        <Button variant="default" onClick={onDone}>
          Cancel
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
