import type { CanonicalModelVersionList, MatchModelVersionList, RulesVersionList } from '@cinch/api-contract';
import { Badge, VisuallyHidden } from '@mantine/core';
import { DataTable, type Column } from '../data-table.tsx';
import { TextLink } from '../link.tsx';
import { Panel } from '../panel.tsx';
import { Time } from '../time.tsx';

type Version = (RulesVersionList | MatchModelVersionList | CanonicalModelVersionList)['versions'][number];

interface Props {
  /** What there are versions of, such as *rules*. */
  of: string;
  versions: readonly Version[];
  shown: number | undefined;
}

/** Who published what, when and why. The one that is chosen, by the URL, is compared with the latest below. */
export function VersionList({ of, versions, shown }: Props) {
  return (
    <Panel title="Versions" flush>
      <DataTable
        label={`Versions of the ${of}`}
        columns={columns(shown)}
        rows={versions}
        rowKey={({ version }) => version}
        empty={{ title: 'No versions' }}
      />
    </Panel>
  );
}

const columns = (shown: number | undefined): Column<Version>[] => [
  { header: 'Version', width: '6rem', cell: ({ version }) => version },
  {
    header: 'Published',
    cell: ({ publishedAt }) => (publishedAt === null ? 'ships with the hub' : <Time at={publishedAt} />),
  },
  { header: 'By', cell: ({ publishedBy }) => publishedBy ?? '' },
  { header: 'Reason', cell: ({ reason }) => <span style={{ overflowWrap: 'anywhere' }}>{reason}</span> },
  { header: 'State', cell: (version) => <State version={version} shown={shown} /> },
];

function State({ version, shown }: { version: Version; shown: number | undefined }) {
  if (version.inForce) return <Badge color="leaf">in force</Badge>;
  if (version.publishedAt !== null && 'appliedAt' in version && version.appliedAt === null)
    return <Badge color="amber">being applied</Badge>;
  if (version.version === shown) return <Badge color="lagoon">compared below</Badge>;
  return (
    <TextLink
      to="."
      search={(before) => ({ ...before, version: version.version })}
      underline="hover"
      resetScroll={false}
    >
      See what differs<VisuallyHidden> in version {version.version}</VisuallyHidden>
    </TextLink>
  );
}
