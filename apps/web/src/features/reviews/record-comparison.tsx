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

/** An attribute a line, a record a column: a difference shows where the eye runs across. */
export function RecordComparison({ records }: { records: MatchPair['records'] }) {
  const [one, other] = records;
  const columns: Column<Line>[] = [
    {
      header: 'Attribute',
      width: '14%',
      cell: ({ label }) => (
        <Text span inherit c="dimmed">
          {label}
        </Text>
      ),
    },
    { header: nameOf(one), width: '35%', cell: (line) => <Said line={line} side={0} /> },
    { header: nameOf(other), width: '35%', cell: (line) => <Said line={line} side={1} /> },
    { header: 'Compared', cell: (line) => <Compared said={line.said} /> },
  ];
  return (
    <DataTable
      label="The two records side by side"
      columns={columns}
      rows={linesOf(records)}
      rowKey={({ attribute }) => attribute}
      empty={{ title: 'Neither record says anything', advice: 'Their systems have deleted them, or sent only keys.' }}
    />
  );
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
  return one.toLowerCase() === other.toLowerCase() ? (
    <Badge size="sm" color="leaf">
      same
    </Badge>
  ) : (
    <Badge size="sm" color="amber">
      differs
    </Badge>
  );
}

function linesOf([one, other]: MatchPair['records']): Line[] {
  const labels = new Map([...one.values, ...other.values].map(({ attribute, label }) => [attribute, label]));
  const saidBy = (record: PairRecord, attribute: string) =>
    record.values.find((value) => value.attribute === attribute)?.display;
  return [...labels].map(([attribute, label]) => ({
    attribute,
    label,
    said: [saidBy(one, attribute), saidBy(other, attribute)],
  }));
}
