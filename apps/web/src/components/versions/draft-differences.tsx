import { DataTable } from '../data-table.tsx';
import type { Difference } from './version-difference.tsx';

interface Props {
  /** Of the document that is in force. */
  version: number;
  differences: readonly Difference[];
}

/** What a draft says otherwise than the version in force, attribute by attribute. */
export function DraftDifferences({ version, differences }: Props) {
  return (
    <DataTable
      label="What the draft says otherwise"
      columns={[
        { header: 'Attribute', width: '20%', cell: ({ of }) => of },
        { header: `Version ${version}, in force`, width: '40%', cell: ({ before }) => before },
        { header: 'Draft', width: '40%', cell: ({ after }) => <strong>{after}</strong> },
      ]}
      rows={differences}
      rowKey={({ of, before }) => `${of} ${before}`}
      empty={{ title: 'Nothing' }}
    />
  );
}
