import { Button, Group, Stack, Text } from '@mantine/core';
import { DataTable } from '../data-table.tsx';
import { ButtonLink } from '../link.tsx';
import { Panel } from '../panel.tsx';
import { countOf } from '../../texts.ts';

export interface Difference {
  /** What it is about. */
  of: string;
  before: string;
  after: string;
}

interface Props {
  version: number;
  /** The latest one. */
  beside: number;
  /** `before`: as in the latest; `after`: as in the version. */
  differences: readonly Difference[];
  /** What there is to be said besides. */
  note?: string | undefined;
  /** Null for whoever may not. */
  onTake: (() => void) | null;
}

/** What a version says otherwise than the latest, and the way back to it: a preview first, then a version of its own. */
export function VersionDifference({ version, beside, differences, note, onTake }: Props) {
  return (
    <Panel title={`Version ${version} beside version ${beside}, the latest`}>
      <Stack>
        <Text size="sm">
          {differences.length === 0 ? 'They say the same.' : `They differ in ${countOf(differences.length, 'place')}.`}{' '}
          {note}
        </Text>
        {differences.length > 0 && (
          <DataTable
            label={`What version ${version} says otherwise`}
            columns={[
              { header: 'What', width: '24%', cell: ({ of }) => of },
              { header: `Version ${beside}`, width: '38%', cell: ({ before }) => before },
              { header: `Version ${version}`, width: '38%', cell: ({ after }) => <strong>{after}</strong> },
            ]}
            rows={differences}
            rowKey={({ of }) => of}
            empty={{ title: 'Nothing' }}
          />
        )}
        <Group gap="sm">
          {onTake && differences.length > 0 && (
            <Button onClick={onTake}>Go back to version {version}: see what it would change</Button>
          )}
          <ButtonLink
            variant="default"
            to="."
            search={(before) => ({ ...before, version: undefined })}
            resetScroll={false}
          >
            Close
          </ButtonLink>
        </Group>
      </Stack>
    </Panel>
  );
}
