import type { System } from '@cinch/api-contract';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useKeptDraft } from '../../api/drafts.ts';
import { WithOthers } from '../../components/versions/with-others.tsx';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMay } from '../../api/may.ts';
import { ScopeForm } from './scope-form.tsx';
import { draftOf, ownRule, predicateInWords } from './scope-words.ts';

/** Who has a place in the system: in words, and changed only after a look at whom that concerns. */
export function ScopePanel({ system }: { system: System }) {
  const mayChange = useMay('PUT /api/v1/systems/:system/scope');
  const [isOpen, setIsOpen] = useState(false);
  const kept = useKeptDraft({ kind: 'scope', system: system.code });
  return (
    <Panel
      title="Who has a place there"
      aside={
        mayChange &&
        !isOpen && (
          <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
            Change who
          </Button>
        )
      }
    >
      {isOpen ? (
        <ScopeForm system={system} onDone={() => setIsOpen(false)} />
      ) : (
        <Stack gap="sm">
          {kept && (
            <Group gap="sm">
              <Text size="sm">There is a draft that is not published yet.</Text>
              <WithOthers kind="scope" system={system.code} version={system.scopeVersion} />
            </Group>
          )}
          <Said title="Given a record when they have none there" predicate={system.scope.create} />
          <Said title="May keep the record that is there" predicate={system.scope.keep} />
          {system.lastRun && (
            <Text size="sm">
              <TextLink to="/refreshes/$id" params={{ id: String(system.lastRun.runId) }} search={{ kind: 'create' }}>
                Records that the last run wanted to create
              </TextLink>
            </Text>
          )}
        </Stack>
      )}
    </Panel>
  );
}

function Said({ title, predicate }: { title: string; predicate: unknown }) {
  const isOwn = draftOf(predicate).choice === ownRule;
  return (
    <div>
      <Group gap="xs" align="baseline">
        <Text size="sm" c="dimmed">
          {title}:
        </Text>
        {!isOwn && (
          <Text size="sm" fw={600}>
            {predicateInWords(predicate)}
          </Text>
        )}
      </Group>
      {isOwn && (
        <Code block mt={4}>
          {predicateInWords(predicate)}
        </Code>
      )}
    </div>
  );
}
