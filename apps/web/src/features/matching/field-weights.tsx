import type { MatchFieldList } from '@cinch/api-contract';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { toneColour } from '../../components/charts/tones.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { bitsInWords } from '../../texts.ts';
import { kinds, type Kind, type MatchModel } from './model-shape.ts';
import { fieldInWords, kindInWords } from './model-words.ts';

interface Props {
  model: MatchModel;
  fields: MatchFieldList;
  kind: Kind;
  onKind: (kind: Kind) => void;
}

interface Line {
  field: string;
  level: string;
  label: string;
  stranger: number;
  rival: number;
}

/** What each outcome of each comparison is worth, the best outcome of a field first. */
export function FieldWeights({ model, fields, kind, onKind }: Props) {
  const own = fields.kinds.find((one) => one.kind === kind)?.fields ?? [];
  const lines = own.flatMap(({ field, levels }) =>
    levels.toReversed().flatMap(({ level, label }): Line[] => {
      const weights = (model[kind].levels[field] ?? model[kind].traits?.[field])?.[level];
      return weights ? [{ field, level, label, stranger: weights[0], rival: weights[1] }] : [];
    }),
  );
  return (
    <Panel title="What speaks for one customer, and what against it" flush>
      <Stack gap="sm" px="1.25rem" pt="xs" pb="sm">
        <Text size="sm" maw="46rem">
          Two records are compared field by field; of each field one outcome counts. A bar to the right speaks for one
          customer, one to the left against it. A match must hold against two rivals: a stranger who happens to be
          alike, and {kind === 'person' ? 'somebody of the same house' : 'a sister site'}, with whom name, phone and
          address agree anyway. The weaker of the two sums decides.
        </Text>
        <SegmentedControl
          aria-label="Of whom the weights are"
          value={kind}
          data={kinds.map((value) => ({ value, label: kindInWords(value) }))}
          onChange={(value) => onKind(kinds.find((one) => one === value) ?? 'person')}
          style={{ alignSelf: 'flex-start' }}
        />
      </Stack>
      <DataTable
        label={`Weights of ${kindInWords(kind).toLowerCase()}`}
        columns={columns(
          kind,
          Math.max(...lines.map(({ stranger, rival }) => Math.max(Math.abs(stranger), Math.abs(rival)))),
        )}
        rows={lines}
        rowKey={({ field, level }) => `${field} ${level}`}
        groupOf={({ field }) => fieldInWords(field)}
        empty={{ title: 'Nothing is compared' }}
      />
    </Panel>
  );
}

const columns = (kind: Kind, most: number): Column<Line>[] => [
  { header: 'Outcome', width: '38%', cell: ({ label }) => label },
  { header: 'Against ← → for', cell: ({ stranger }) => <Bar bits={stranger} most={most} /> },
  { header: 'Against a stranger', figure: true, width: '8rem', cell: ({ stranger }) => bitsInWords(stranger) },
  {
    header: kind === 'person' ? 'Against a housemate' : 'Against a sister site',
    figure: true,
    width: '9rem',
    cell: ({ rival }) => bitsInWords(rival),
  },
];

/** The figure beside it says the same. */
function Bar({ bits, most }: { bits: number; most: number }) {
  const length = (50 * Math.abs(bits)) / most;
  return (
    <svg width="100%" height="14" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden>
      <line
        x1="50"
        x2="50"
        y1="0"
        y2="14"
        stroke="var(--mantine-color-default-border)"
        vectorEffect="non-scaling-stroke"
      />
      <rect
        x={bits < 0 ? 50 - length : 50}
        y="2"
        width={length}
        height="10"
        fill={bits < 0 ? toneColour.person : toneColour.well}
      />
    </svg>
  );
}
