import type { System, TakeBack } from '@cinch/api-contract';
import { Badge, Button, Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { takeBackList, useBringIn } from './take-back-queries.ts';
import { TakeBackForm } from './take-back-form.tsx';

const route = getRouteApi('/signed-in/systems/$code');

/** What the system told and a person took back; an admin takes more back here, or brings it in again. */
export function TakeBackPanel({ system }: { system: System }) {
  const { code, name } = system;
  const mayTakeBack = useMay('POST /api/v1/systems/:system/take-backs');
  const view = route.useSearch();
  const { batch, run } = view;
  return (
    <>
      {mayTakeBack && (
        <Panel title="Take back what it told" flush>
          <TakeBackForm key={`${batch} ${run}`} system={system} batch={batch} run={run} />
        </Panel>
      )}
      <Panel title="Taken back" flush>
        <ListTable
          label="Taken back"
          list={usePagedList(takeBackList(code))}
          columns={columns}
          view={view}
          file={`taken-back-${code}`}
          empty={{ title: 'Nothing was taken back', advice: `All that ${name} told counts, but for what is held.` }}
        />
      </Panel>
    </>
  );
}

const columns: readonly Column<TakeBack>[] = [
  { header: 'What', width: '30%', value: ({ words }) => words, cell: ({ words }) => words },
  {
    header: 'By whom and why',
    width: '35%',
    value: ({ by, reason }) => `${by}: ${reason}`,
    cell: ({ by, at, reason }) => (
      <>
        {by}, <Time at={at} />
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      </>
    ),
  },
  {
    header: 'Things told',
    figure: true,
    value: ({ entries }) => entries,
    cell: ({ entries }) => entries.toLocaleString('en'),
  },
  { header: 'Stands', cell: (one) => <Standing takeBack={one} /> },
];

function Standing({ takeBack }: { takeBack: TakeBack }) {
  const { decisionId, words, undoneBy, undoneAt, undoneReason, doneAt } = takeBack;
  const mayBringIn = useMay('POST /api/v1/take-backs/:decisionId/undo');
  const bringIn = useBringIn();
  if (undoneAt !== null)
    return (
      <Text size="sm" c="dimmed">
        Brought in again by {undoneBy}, <Time at={undoneAt} />
        {undoneReason && `: ${undoneReason}`}
      </Text>
    );
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Badge color="leaf">{doneAt === null ? 'under way' : 'stands'}</Badge>
        {mayBringIn && (
          <Button
            variant="default"
            size="compact-sm"
            loading={bringIn.isPending}
            aria-label={`Bring in again: ${words}`}
            onClick={() => bringIn.mutate(decisionId)}
          >
            Bring in again
          </Button>
        )}
      </Group>
      <ProblemAlert error={bringIn.error} />
    </>
  );
}
