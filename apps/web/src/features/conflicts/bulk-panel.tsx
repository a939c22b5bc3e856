import type { BulkDecision } from '@cinch/api-contract';
import { Button, Stack, Text } from '@mantine/core';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { countOf } from '../../texts.ts';
import { bulkList, useUndoBulk } from './bulk-queries.ts';

/** Answers that were given to many conflicts as one. Nothing is shown where there was none. */
export function BulkPanel() {
  const list = usePagedList(bulkList);
  if (list.rows.length === 0) return null;
  return (
    <Panel title="Answered as one" flush>
      <ListTable
        label="Answered as one"
        list={list}
        columns={columns}
        view={{}}
        file="answered-as-one"
        empty={{ title: 'None' }}
      />
    </Panel>
  );
}

const columns: readonly Column<BulkDecision>[] = [
  {
    header: 'Answer',
    width: '34%',
    value: ({ label, systemName }) => `${label}: ${systemName}`,
    cell: ({ label, systemName, reason }) => (
      <>
        {label}: what {systemName} says
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      </>
    ),
  },
  {
    header: 'By whom',
    width: '26%',
    value: ({ by, at }) => `${by}, ${at}`,
    cell: ({ by, at }) => (
      <>
        {by}, <Time at={at} />
      </>
    ),
  },
  { header: 'Conflicts', value: inWords, cell: inWords },
  { header: 'Undo', cell: (one) => <Undo bulk={one} /> },
];

function inWords({ made, waiting, changed }: BulkDecision): string {
  return [
    `${made} answered`,
    ...(waiting > 0 ? [`${waiting} to come`] : []),
    ...(changed > 0 ? [`${changed} had changed and are left`] : []),
  ].join(', ');
}

function Undo({ bulk: { bulkId, label, made, undoneBy, undoneAt } }: { bulk: BulkDecision }) {
  const mayUndo = useMay('POST /api/v1/bulk-decisions/:bulkId/undo');
  const undo = useUndoBulk();
  if (undoneAt !== null)
    return (
      <Text size="sm" c="dimmed">
        Undone by {undoneBy}, <Time at={undoneAt} />
        {made > 0 && `: ${countOf(made, 'conflict')} to go`}
      </Text>
    );
  return (
    <Stack gap="xs" align="flex-start">
      {mayUndo && (
        <Button
          variant="default"
          size="compact-sm"
          loading={undo.isPending}
          aria-label={`Undo the answer about ${label}`}
          onClick={() => undo.mutate(bulkId)}
        >
          Undo all
        </Button>
      )}
      <ProblemAlert error={undo.error} />
    </Stack>
  );
}
