import type { Conflict, SamePreview, SameQuestion } from '@cinch/api-contract';
import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { countToType } from '../../components/count-to-type.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { useMay } from '../../api/may.ts';
import { countOf } from '../../texts.ts';
import { useAnswerSame, useSamePreview } from './bulk-queries.ts';

/** The same answer to all open conflicts that ask the same as this one: looked for, looked at, and only then given. */
export function SameQuestionPanel({ conflict }: { conflict: Conflict }) {
  const mayAnswer = useMay('POST /api/v1/conflicts/:conflictId/same');
  const systems = [...new Map(conflict.candidates.map(({ system, systemName }) => [system, systemName]))];
  const [asked, setAsked] = useState<Required<SameQuestion>>({
    system: systems[0]?.[0] ?? '',
    sameValues: false,
    except: [],
  });
  const preview = useSamePreview(conflict);
  if (!mayAnswer || systems.length < conflict.candidates.length) return null;
  const change = (to: Partial<SameQuestion>) => {
    const next = { ...asked, ...to };
    setAsked(next);
    // What is on the screen is always what would be done.
    if (preview.data) preview.mutate(next);
  };
  return (
    <Panel title="The same question in others">
      <Stack>
        <Text size="sm" c="dimmed">
          Other customers of whom {systems.map(([, name]) => name).join(' and ')} say different things of{' '}
          {conflict.label} get the same answer with this one. It is undone as one, under Conflicts.
        </Text>
        <Group gap="sm" align="end">
          <NativeSelect
            label="Who is right"
            data={systems.map(([value, label]) => ({ value, label }))}
            value={asked.system}
            onChange={({ currentTarget }) => change({ system: currentTarget.value })}
          />
          <Checkbox
            mb="xs"
            label="Only where they say these very values"
            checked={asked.sameValues}
            onChange={({ currentTarget }) => change({ sameValues: currentTarget.checked })}
          />
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(asked)}>
            Look for others
          </Button>
        </Group>
        <ProblemAlert error={preview.error} />
        {preview.data && (
          <Found
            conflict={conflict}
            asked={asked}
            preview={preview.data}
            onTakeOut={(id) => change({ except: [...asked.except, id] })}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface FoundProps {
  conflict: Conflict;
  asked: Required<SameQuestion>;
  preview: SamePreview;
  onTakeOut: (conflictId: number) => void;
}

function Found({ conflict, asked, preview, onTakeOut }: FoundProps) {
  const { conflicts, shown, reach } = preview;
  const answer = useAnswerSame(conflict);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const toType = countToType({ count: conflicts });
  const send = () =>
    answer.mutate(
      { ...asked, count: conflicts, reason },
      {
        onSuccess: ({ conflicts: made }) =>
          notifications.show({
            message: `${countOf(made, 'conflict')} answered as one; undo it under Conflicts`,
            closeButtonProps: { 'aria-label': 'Close' },
          }),
      },
    );
  return (
    <Stack>
      <Text fw={600} role="status">
        {conflicts === 1 ? 'Only this conflict asks that' : `${countOf(conflicts, 'conflict')} ask the same`}
        {asked.except.length > 0 && `; ${asked.except.length} taken out`}
      </Text>
      <DataTable
        label="Conflicts that ask the same"
        columns={columnsOf(asked.system, onTakeOut)}
        rows={shown}
        rowKey={({ conflictId }) => conflictId}
        empty={{ title: 'None' }}
      />
      {conflicts > shown.length && (
        <Text size="sm" c="dimmed">
          These are the first {shown.length}.
        </Text>
      )}
      <ReachReport reach={reach} />
      <TextInput
        label="Reason (optional)"
        description="Kept in the history of every customer."
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {toType !== null && (
        <TextInput
          label="How many conflicts are answered"
          description={`Type ${toType} to answer them.`}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <ProblemAlert error={answer.error} />
      <div>
        <Button
          loading={answer.isPending}
          disabled={conflicts === 0 || (toType !== null && typed !== String(toType))}
          onClick={send}
        >
          Answer {countOf(conflicts, 'conflict')}
        </Button>
      </div>
    </Stack>
  );
}

function columnsOf(chosen: string, onTakeOut: (conflictId: number) => void): readonly Column<Conflict>[] {
  const said = (conflict: Conflict, isChosen: boolean) =>
    conflict.candidates
      .filter(({ system }) => (system === chosen) === isChosen)
      .map(({ display }) => display || 'Cleared')
      .join(', ');
  return [
    {
      header: 'Customer',
      cell: ({ conflictId, customer }) => (
        <TextLink to="/conflicts/$id" params={{ id: String(conflictId) }} underline="hover">
          {customer}
        </TextLink>
      ),
    },
    { header: 'Chosen', cell: (conflict) => said(conflict, true) },
    { header: 'Instead of', cell: (conflict) => said(conflict, false) },
    {
      header: 'Take out',
      cell: ({ conflictId, customer }) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Take out ${customer}`}
          onClick={() => onTakeOut(conflictId)}
        >
          Take out
        </Button>
      ),
    },
  ];
}
