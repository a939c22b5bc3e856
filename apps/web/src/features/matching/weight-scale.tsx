import type { MatchPicture } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { Legend } from '../../components/charts/bar-list.tsx';
import chart from '../../components/charts/charts.module.css';
import { toneColour } from '../../components/charts/tones.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { countOf, linesInWords } from '../../texts.ts';
import { bitsOf } from './model-words.ts';
import { weightColumns, type WeightColumn } from './weight-columns.ts';
import classes from './weight-scale.module.css';

interface Thresholds {
  link: number;
  review: number;
}

interface Props {
  weights: MatchPicture['weights'];
  thresholds: Thresholds;
  /** Of a model that is being made, where it has others. */
  draft: Thresholds | null;
  asTable: boolean;
}

const parts = [
  { of: 'together', name: 'One customer today', tone: 'well' },
  { of: 'apart', name: 'Two customers today', tone: 'person' },
] as const;

/** How many pairs of records there are of each weight, and where the thresholds cut. */
export function WeightScale({ weights, thresholds, draft, asTable }: Props) {
  const marks = [thresholds, ...(draft ? [draft] : [])].flatMap(({ link, review }) => [link, review]);
  const columns = weightColumns(weights.bins, marks);
  if (asTable)
    return (
      <DataTable
        label="Pairs of records by weight"
        columns={tableColumns(thresholds)}
        rows={columns.filter(({ together, apart }) => together + apart > 0)}
        rowKey={({ bits }) => bits}
        empty={{
          title: 'No pairs yet',
          advice: 'Pairs appear when systems have pushed records that may be one customer.',
        }}
      />
    );
  return <Chart columns={columns} thresholds={thresholds} draft={draft} />;
}

const width = 1000;
const height = 170;
/** For what the two lines mean, one above the other: they may lie close together. */
const headroom = 40;

function Chart({
  columns,
  thresholds,
  draft,
}: { columns: readonly WeightColumn[] } & Omit<Props, 'weights' | 'asTable'>) {
  const greatest = Math.max(1, ...columns.map(({ together, apart }) => together + apart));
  const lowest = columns[0]!.bits;
  const step = width / columns.length;
  const at = (bits: number) => (bits - lowest) * step;
  const floor = headroom + height;
  const lines = linesInWords(thresholds);
  return (
    <figure className={chart.figure}>
      <figcaption className={chart.scale}>{`${countOf(greatest, 'pair')} at most within one bit`}</figcaption>
      <svg
        className={chart.columns}
        viewBox={`0 0 ${width} ${floor + 20}`}
        role="img"
        aria-label={`Pairs of records by their weight: ${lines.link}, ${lines.review}`}
      >
        <rect x="0" y={headroom} width={at(thresholds.review)} height={height} className={classes.below} />
        <rect
          x={at(thresholds.review)}
          y={headroom}
          width={Math.max(0, at(thresholds.link) - at(thresholds.review))}
          height={height}
          className={classes.between}
        />
        <line x1="0" x2={width} y1={floor} y2={floor} className={classes.ground} />
        {columns.map((column) => (
          <Pairs key={column.bits} column={column} x={at(column.bits)} step={step} greatest={greatest} />
        ))}
        {draft && draft.review !== thresholds.review && <Mark x={at(draft.review)} isDraft />}
        {draft && draft.link !== thresholds.link && <Mark x={at(draft.link)} isDraft />}
        <Mark x={at(thresholds.review)} y={12} text={lines.review} />
        <Mark x={at(thresholds.link)} y={30} text={lines.link} />
      </svg>
      <Legend names={parts.map(({ name, tone }) => [name, tone])} />
      {draft && (
        <Text size="sm" c="dimmed" mt="xs">
          The dashed lines are those of your draft.
        </Text>
      )}
    </figure>
  );
}

function Pairs({ column, x, step, greatest }: { column: WeightColumn; x: number; step: number; greatest: number }) {
  const { bits, together, apart, isLast } = column;
  return (
    <g>
      <title>{`${rangeOf(column)}: ${countOf(together, 'pair')} of one customer, ${countOf(apart, 'pair')} of two`}</title>
      {stacked(column, greatest).map(({ of, tone, y, tall }) => (
        <rect key={of} x={x + step / 10} y={y} width={step * 0.8} height={tall} fill={toneColour[tone]} />
      ))}
      {(bits % 5 === 0 || isLast) && (
        <text
          x={isLast ? x + step : x}
          y={headroom + height + 16}
          textAnchor={isLast ? 'end' : 'middle'}
          className={classes.tick}
        >
          {bits > 0 ? `+${bits}` : String(bits).replace('-', '−')}
          {isLast && ' bits'}
        </text>
      )}
    </g>
  );
}

/** The parts of a column above each other. What is there is seen, however small it is beside the greatest. */
function stacked(column: WeightColumn, greatest: number) {
  const talls = parts.map(({ of }) => (column[of] === 0 ? 0 : Math.max(2, (height * column[of]) / greatest)));
  return parts.map((part, place) => {
    const below = talls.slice(0, place + 1).reduce((sum, tall) => sum + tall, 0);
    return { ...part, tall: talls[place]!, y: headroom + height - below };
  });
}

interface MarkProps {
  x: number;
  /** Base line of its text; a mark without text is of the draft. */
  y?: number;
  text?: string;
  isDraft?: boolean;
}

function Mark({ x, y = headroom, text, isDraft }: MarkProps) {
  // Near the right edge there is room on the left only.
  const isLeft = x > width * 0.7;
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={isDraft ? headroom : y - 10}
        y2={headroom + height}
        className={isDraft ? classes.draft : classes.mark}
      />
      {text && (
        <text x={isLeft ? x - 6 : x + 6} y={y} textAnchor={isLeft ? 'end' : 'start'} className={classes.label}>
          {text}
        </text>
      )}
    </g>
  );
}

const rangeOf = ({ bits, isLast }: WeightColumn): string =>
  isLast ? `${bitsOf(bits)} and more` : `${bitsOf(bits)} to ${bitsOf(bits + 1)}`;

const tableColumns = (thresholds: Thresholds): Column<WeightColumn>[] => [
  { header: 'Weight', cell: rangeOf },
  ...parts.map(({ of, name }): Column<WeightColumn> => ({
    header: name,
    figure: true,
    cell: (column) => column[of].toLocaleString('en'),
  })),
  { header: 'What the hub does', cell: ({ bits }) => actAt(bits, thresholds) },
];

function actAt(bits: number, { link, review }: Thresholds): string {
  if (bits >= link) return bits >= review ? 'links, or asks where something contradicts' : 'links by itself';
  if (bits + 1 <= Math.min(link, review)) return 'nothing';
  if (review >= link) return 'links in the upper part';
  return bits + 1 <= link ? 'asks a person' : 'asks a person, or links in the upper part';
}
