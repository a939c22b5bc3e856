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
  crowded: string;
}

/** Who is compared at all: nobody could compare every record with every other. */
export function KeyPanel({ model: { blocks }, picture }: { model: MatchModel; picture: MatchPicture }) {
  const { crowded } = picture;
  const told = (of: 'strong' | 'weak') => {
    if (!crowded) return 'made anew just now';
    return `${crowded.share < 1 && crowded[of] > 0 ? 'about ' : ''}${crowded[of].toLocaleString('en')}`;
  };
  const lines: Line[] = [
    {
      what: 'Strong',
      says: 'a phone, a mailbox, an identifier, a house, or a name with a year of birth or a place: one in common is enough',
      limit: blocks.limit,
      crowded: told('strong'),
    },
    {
      what: 'Weak',
      says: 'a birth date, how a name sounds, a telling word of a name: two in common are needed',
      limit: blocks.weakLimit,
      crowded: told('weak'),
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
        columns={columns}
        rows={lines}
        rowKey={({ what }) => what}
        empty={{ title: 'None' }}
      />
    </Panel>
  );
}

const columns: readonly Column<Line>[] = [
  { header: 'Keys', width: '6rem', cell: ({ what }) => what },
  { header: 'Made of', cell: ({ says }) => says },
  { header: 'Records may share one', figure: true, cell: ({ limit }) => limit.toLocaleString('en') },
  { header: 'Crowded today', figure: true, cell: ({ crowded }) => crowded },
];
