import type { Decision } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { DataTable, type Column } from '../data-table.tsx';
import { ButtonLink, TextLink } from '../link.tsx';
import { Time } from '../time.tsx';
import { decisionKindInWords } from '../../texts.ts';
import { useMayAct } from './may-act.ts';

/** What people decided, the latest first; each that stands can be undone. */
export function DecisionList({ decisions, customerId }: { decisions: readonly Decision[]; customerId: string }) {
  return (
    <DataTable
      label="Decisions"
      columns={columns(customerId)}
      rows={decisions}
      rowKey={({ decisionId }) => decisionId}
      empty={{
        title: 'Nobody has decided anything about this customer',
        advice: 'Choices, pins, merges, splits and what was said of records are listed here, and can be undone.',
      }}
    />
  );
}

function columns(customerId: string): Column<Decision>[] {
  return [
    {
      header: 'Decision',
      width: '45%',
      cell: ({ words, undoneAt, conflictId }) => (
        <>
          <Text inherit td={undoneAt === null ? undefined : 'line-through'}>
            {words}
          </Text>
          {conflictId !== null && (
            <TextLink to="/conflicts/$id" params={{ id: String(conflictId) }} size="sm">
              See the conflict
            </TextLink>
          )}
        </>
      ),
    },
    { header: 'Kind', cell: ({ kind }) => decisionKindInWords(kind) },
    {
      header: 'By whom and why',
      width: '30%',
      cell: ({ by, at, reason }) => (
        <>
          {by}, <Time at={at} />
          {reason && (
            <Text size="sm" c="dimmed">
              {reason}
            </Text>
          )}
        </>
      ),
    },
    { header: 'Stands', cell: (decision) => <Standing decision={decision} customerId={customerId} /> },
  ];
}

function Standing({ decision, customerId }: { decision: Decision; customerId: string }) {
  const { decisionId, undoneAt, undoneBy, undoneReason, words } = decision;
  const mayUndo = useMayAct()('undo');
  if (undoneAt !== null)
    return (
      <Text size="sm" c="dimmed">
        Undone by {undoneBy}, <Time at={undoneAt} />
        {undoneReason && `: ${undoneReason}`}
      </Text>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge color="leaf">stands</Badge>
      {mayUndo && (
        <ButtonLink
          to="/customers/$id"
          params={{ id: customerId }}
          search={{ tab: 'decisions', act: 'undo', decision: decisionId }}
          resetScroll={false}
          variant="default"
          size="compact-sm"
          aria-label={`Undo: ${words}`}
        >
          Undo
        </ButtonLink>
      )}
    </Group>
  );
}
