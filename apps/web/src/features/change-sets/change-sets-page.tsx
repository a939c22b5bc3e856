import type { ChangeSet } from '@cinch/api-contract';
import { useQuery } from '@tanstack/react-query';
import { useSystemName } from '../../api/systems.ts';
import { useMay } from '../../api/may.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { documentInWords } from './document-words.ts';
import { OpenDrafts } from './open-drafts.tsx';
import { changeSetsQuery } from './queries.ts';

export function ChangeSetsPage() {
  const published = useQuery(changeSetsQuery);
  const mayPublish = useMay('POST /api/v1/change-sets');
  const nameOf = useSystemName();
  return (
    <PageFrame
      title="Change sets"
      lead="Documents that name each other, such as an attribute, the mappings that fill it and the rule that decides it, are checked and published together: all of them, or none."
    >
      {mayPublish && <OpenDrafts />}
      <Panel title="What was published" flush>
        <Loaded query={published}>
          {(sets) => (
            <DataTable
              label="Change sets"
              columns={columns(nameOf)}
              rows={sets}
              rowKey={({ changeSetId }) => changeSetId}
              empty={{ title: 'Nothing was published yet' }}
            />
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

const columns = (nameOf: (code: string) => string): readonly Column<ChangeSet>[] => [
  { header: 'Published', width: '14rem', cell: ({ publishedAt }) => <Time at={publishedAt} /> },
  { header: 'By', width: '18%', cell: ({ publishedBy }) => publishedBy },
  {
    header: 'Documents',
    width: '36%',
    cell: ({ documents }) => (
      <ul style={{ margin: 0, paddingLeft: '1rem' }}>
        {documents.map(({ kind, system, version, before }) => (
          <li key={`${kind} ${system}`}>
            {documentInWords({ kind, system }, nameOf)}: version {before} → {version}
          </li>
        ))}
      </ul>
    ),
  },
  { header: 'Reason', cell: ({ reason }) => <span style={{ overflowWrap: 'anywhere' }}>{reason || 'none said'}</span> },
];
