import type { MatchReview } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { bitsInWords } from '../../texts.ts';
import classes from './review-columns.module.css';

type Reviewed = MatchReview['customers'][number];

export const reviewColumns: Column<MatchReview>[] = [
  {
    header: 'One customer',
    width: '26%',
    value: ({ customers }) => inWords(customers[0]),
    cell: ({ customers }) => <Who customer={customers[0]} />,
  },
  {
    header: 'And another',
    width: '26%',
    value: ({ customers }) => inWords(customers[1]),
    cell: ({ customers }) => <Who customer={customers[1]} />,
  },
  {
    header: 'What tells most',
    value: ({ evidence }) =>
      telling(evidence)
        .map(({ label, bits }) => `${label} ${bitsInWords(bits)}`)
        .join('\n'),
    cell: (review) => (
      <>
        <Telling evidence={review.evidence} />
        <Text size="sm" c="dimmed">
          <RaisedBy review={review} />
        </Text>
      </>
    ),
  },
  {
    header: 'Score',
    width: '7rem',
    figure: true,
    value: ({ evidence }) => evidence.weight,
    cell: ({ evidence }) => <span className={classes.score}>{bitsInWords(evidence.weight)} bits</span>,
  },
  { header: 'Review', width: '7rem', cell: (review) => <Review review={review} /> },
];

function inWords({ display, records }: Reviewed): string {
  return [display, ...records.map(({ systemName, sourceId }) => `${systemName} ${sourceId ?? ''}`.trim())].join(', ');
}

function Who({ customer: { customerId, display, records, values } }: { customer: Reviewed }) {
  const told = values.filter((value) => value.display !== display).slice(0, 2);
  return (
    <>
      <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
        {display}
      </TextLink>
      <Text size="sm">{told.map((value) => value.display).join(' · ')}</Text>
      <Group gap="0.125rem 0.75rem">
        {records.map(({ recordId, system, systemName, sourceId }) => (
          <Text key={recordId} span size="sm" c="dimmed">
            <SystemName code={system} name={systemName} /> {sourceId}
          </Text>
        ))}
      </Group>
    </>
  );
}

/**
 * What every pair has by being one of many is left out: it tells nothing of these two. Where something keeps them apart, what speaks against
 * them comes first.
 */
function telling({ bars, veto }: MatchReview['evidence'], most = 4) {
  const isFirst = ({ bits }: (typeof bars)[number]) => Number(veto !== null && bits < 0);
  return bars
    .filter(({ level }) => level !== null)
    .sort((a, b) => isFirst(b) - isFirst(a) || Math.abs(b.bits) - Math.abs(a.bits))
    .slice(0, most);
}

/** What tells most for and against it, at most so many. */
export function Telling({ evidence, most }: Pick<MatchReview, 'evidence'> & { most?: number }) {
  const { veto } = evidence;
  return (
    <ul className={classes.evidence}>
      {veto && (
        <li>
          <Badge size="sm" color="amber" title={veto.label}>
            never linked by itself
          </Badge>
        </li>
      )}
      {telling(evidence, most).map(({ of, label, bits }) => (
        <li key={of}>
          <Badge size="sm" color={bits > 0 ? 'leaf' : 'red'}>
            {label} {bitsInWords(bits)}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

/** Where the records that speak against each other are shown, those for which it is asked all the same. */
export function RaisedBy({ review: { customers, raisedBy } }: { review: MatchReview }) {
  if (!raisedBy) return null;
  const [one, other] = raisedBy.records;
  const known = new Map(customers.flatMap(({ records }) => records.map((record) => [record.recordId, record])));
  const nameOf = (recordId: number) => {
    const record = known.get(recordId);
    return `${record?.systemName ?? 'record'} ${record?.sourceId ?? recordId}`;
  };
  return (
    <>
      Asked for{' '}
      <TextLink to="/match-reviews/$one/$other" params={{ one: String(one), other: String(other) }}>
        {nameOf(one)} and {nameOf(other)}
      </TextLink>
      , which have {bitsInWords(raisedBy.weight)} bits.
    </>
  );
}

function Review({ review: { customers, evidence } }: { review: MatchReview }) {
  const [one, other] = evidence.records;
  return (
    <ButtonLink
      to="/match-reviews/$one/$other"
      params={{ one: String(one), other: String(other) }}
      size="compact-sm"
      variant="light"
      color="amber"
      aria-label={`Review ${customers[0].display} and ${customers[1].display}`}
    >
      Review
    </ButtonLink>
  );
}
