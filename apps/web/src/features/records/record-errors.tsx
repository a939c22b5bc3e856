import type { ErrorEntry } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Time } from '../../components/time.tsx';
import { errorCodeInWords, errorStateInWords } from '../../texts.ts';

export function RecordErrors({ errors }: { errors: readonly ErrorEntry[] }) {
  return (
    <DataTable
      label="Errors, the latest first"
      columns={columns}
      rows={errors}
      rowKey={({ errorId }) => errorId}
      empty={{ title: 'Nothing went wrong with it', advice: 'Everything that its system said of it could be read.' }}
    />
  );
}

const columns: Column<ErrorEntry>[] = [
  {
    header: 'What went wrong',
    cell: ({ code, path, detail }) => (
      <>
        <Text inherit fw={600}>
          {errorCodeInWords(code)}
          {path && ` at ${path}`}
        </Text>
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      </>
    ),
  },
  {
    header: 'Where',
    width: '18%',
    cell: ({ batchId, line, runId }) =>
      batchId === null ? (runId === null ? '–' : `refresh run ${runId}`) : `batch ${batchId}, line ${line ?? '–'}`,
  },
  { header: 'When', width: '18%', cell: ({ at }) => <Time at={at} /> },
  {
    header: 'State',
    width: '14%',
    cell: ({ state }) => <Badge color={state === 'resolved' ? 'leaf' : 'amber'}>{errorStateInWords(state)}</Badge>,
  },
];
