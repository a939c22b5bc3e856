import type { MatchPair } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { RecordLink } from '../../components/record-link.tsx';
import { memberStateInWords } from '../../texts.ts';
import classes from './record-comparison.module.css';

type PairRecord = MatchPair['records'][number];

interface Line {
  attribute: string;
  label: string;
  /** What each of the two says; undefined where it says nothing. */
  said: [string | undefined, string | undefined];
}

interface Side {
  title: string;
  values: PairRecord['values'];
}

/** An attribute a line, a record a column: a difference shows where the eye runs across. */
export function RecordComparison({ records }: { records: MatchPair['records'] }) {
  const [one, other] = records;
  const sides: [Side, Side] = [
    { title: nameOf(one), values: one.values },
    { title: nameOf(other), values: other.values },
  ];
  return (
    <DataTable
      label="The two records side by side"
      columns={columnsOf(sides)}
      rows={linesOf(sides)}
      rowKey={({ attribute }) => attribute}
      empty={{ title: 'Neither record says anything', advice: 'Their systems have deleted them, or sent only keys.' }}
    />
  );
}

/** Two customers: what differs first, then what only one of them says; what is the same stands in one line. */
export function CustomerComparison({ sides }: { sides: readonly [Side, Side] }) {
  const lines = linesOf(sides);
  const same = lines.filter(({ said }) => isSame(said));
  const rank = ({ said }: Line) => Number(said.includes(undefined));
  return (
    <>
      <DataTable
        label="The two customers side by side"
        columns={columnsOf(sides)}
        rows={lines.filter(({ said }) => !isSame(said)).sort((a, b) => rank(a) - rank(b))}
        rowKey={({ attribute }) => attribute}
        empty={{ title: 'Nothing differs' }}
      />
      {same.length > 0 && (
        <Text size="sm">
          The same in both: {same.map(({ label, said }) => `${label.toLowerCase()} ${said[0]}`).join(' · ')}
        </Text>
      )}
    </>
  );
}

function columnsOf([one, other]: readonly [Side, Side]): Column<Line>[] {
  return [
    {
      header: 'Attribute',
      width: '14%',
      cell: ({ label }) => (
        <Text span inherit c="dimmed">
          {label}
        </Text>
      ),
    },
    { header: one.title, width: '35%', cell: (line) => <Said line={line} side={0} /> },
    // Two customers may have one name.
    {
      header: other.title === one.title ? `${other.title} (2)` : other.title,
      width: '35%',
      cell: (line) => <Said line={line} side={1} />,
    },
    { header: 'Compared', cell: (line) => <Compared said={line.said} /> },
  ];
}

/** What the record is, above what it says. */
export function RecordHead({ record }: { record: PairRecord }) {
  return (
    <div>
      <Group gap="xs">
        <SystemName code={record.system} name={record.systemName} />
        <RecordLink system={record.system} sourceId={record.sourceId} />
        {record.state !== 'live' && (
          <Badge size="sm" color="slate">
            {memberStateInWords(record.state)}
          </Badge>
        )}
      </Group>
      <TextLink to="/customers/$id" params={{ id: record.customerId }} fw={600} underline="hover">
        {record.customer}
      </TextLink>
      {record.changedAt && (
        <Text size="sm" c="dimmed">
          changed <Time at={record.changedAt} />
        </Text>
      )}
    </div>
  );
}

function nameOf({ systemName, sourceId }: Pick<PairRecord, 'systemName' | 'sourceId'>): string {
  return sourceId === null ? `${systemName}, without an id yet` : `${systemName} ${sourceId}`;
}

function Said({ line: { said }, side }: { line: Line; side: 0 | 1 }) {
  const text = said[side];
  if (text === undefined)
    return (
      <Text span inherit c="dimmed">
        says nothing
      </Text>
    );
  return (
    <span
      className={classes.value}
      data-differs={said[0] !== said[1] && said[0] !== undefined && said[1] !== undefined}
    >
      {text}
    </span>
  );
}

function Compared({ said: [one, other] }: { said: Line['said'] }) {
  if (one === undefined || other === undefined)
    return (
      <Text span size="sm" c="dimmed">
        –
      </Text>
    );
  return isSame([one, other]) ? (
    <Badge size="sm" color="leaf">
      same
    </Badge>
  ) : (
    <Badge size="sm" color="amber">
      differs
    </Badge>
  );
}

function isSame([one, other]: Line['said']): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

function linesOf([one, other]: readonly [Side, Side]): Line[] {
  const labels = new Map([...one.values, ...other.values].map(({ attribute, label }) => [attribute, label]));
  const saidBy = (side: Side, attribute: string) => side.values.find((value) => value.attribute === attribute)?.display;
  return [...labels].map(([attribute, label]) => ({
    attribute,
    label,
    said: [saidBy(one, attribute), saidBy(other, attribute)],
  }));
}
