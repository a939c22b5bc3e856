import type { MatchPicture } from '@cinch/api-contract';
import { Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { countOf } from '../../texts.ts';
import type { MatchModel } from './model-shape.ts';

interface Line {
  what: string;
  says: string;
  limit: number;
  crowded: number;
}

/** Who is compared at all: nobody could compare every record with every other. */
export function KeyPanel({ model: { blocks }, picture }: { model: MatchModel; picture: MatchPicture }) {
  const { crowded } = picture;
  const about = crowded.share < 1 ? 'about ' : '';
  const lines: Line[] = [
    {
      what: 'Strong',
      says: 'a phone, a mailbox, an identifier, a house, or a name with a year of birth or a place: one in common is enough',
      limit: blocks.limit,
      crowded: crowded.strong,
    },
    {
      what: 'Weak',
      says: 'a birth date, how a name sounds, a telling word of a name: two in common are needed',
      limit: blocks.weakLimit,
      crowded: crowded.weak,
    },
  ];
  return (
    <Panel title="Who is compared with whom" flush>
      <Stack gap="sm" px="1.25rem" pt="xs" pb="sm">
        <Text size="sm" maw="46rem">
          Records are compared when they share enough match keys. A key that more records share than its limit is
          crowded: a strong one is split by a second clue, up to {countOf(blocks.deepest, 'time')}, a weak one gives way
          to the stricter keys. What is crowded even then is given up, so that a switchboard’s number does not make a
          customer.
        </Text>
      </Stack>
      <DataTable
        label="Match keys and their limits"
        columns={columns(about)}
        rows={lines}
        rowKey={({ what }) => what}
        empty={{ title: 'None' }}
      />
    </Panel>
  );
}

const columns = (about: string): Column<Line>[] => [
  { header: 'Keys', width: '6rem', cell: ({ what }) => what },
  { header: 'Made of', cell: ({ says }) => says },
  { header: 'Records may share one', figure: true, cell: ({ limit }) => limit.toLocaleString('en') },
  {
    header: 'Crowded today',
    figure: true,
    cell: ({ crowded }) => `${crowded > 0 ? about : ''}${crowded.toLocaleString('en')}`,
  },
];
