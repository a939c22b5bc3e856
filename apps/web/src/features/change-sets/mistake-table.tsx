import type { ChangeSetMistake } from '@cinch/api-contract';
import { Alert, Stack } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { countOf } from '../../texts.ts';
import { DocumentLink } from './document-link.tsx';

/** All of them at once, each with its document and its place there. */
export function MistakeTable({ problems }: { problems: readonly ChangeSetMistake[] }) {
  return (
    <Stack gap="sm">
      <Alert color="red" title={countOf(problems.length, 'mistake')} role="alert">
        Nothing of the set is published before every one is mended, or its document left out.
      </Alert>
      <DataTable
        label="Mistakes"
        columns={columns}
        rows={problems}
        rowKey={({ kind, system, path, code }) => `${kind} ${system} ${path} ${code}`}
        empty={{ title: 'None' }}
      />
    </Stack>
  );
}

const columns: readonly Column<ChangeSetMistake>[] = [
  {
    header: 'Document',
    width: '24%',
    cell: ({ kind, system, inSet }) => (
      <>
        <DocumentLink kind={kind} system={system} />
        {!inSet && ', in force and not in the set'}
      </>
    ),
  },
  {
    header: 'Place',
    width: '28%',
    cell: ({ path }) => <span style={{ overflowWrap: 'anywhere' }}>{path || 'as a whole'}</span>,
  },
  { header: 'What', cell: ({ detail }) => detail },
];
