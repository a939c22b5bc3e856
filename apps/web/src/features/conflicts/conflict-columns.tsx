import type { Conflict } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { closedByInWords, conflictCauseInWords } from '../../texts.ts';
import classes from './conflict-columns.module.css';

export function conflictColumns(state: Conflict['state']): Column<Conflict>[] {
  return [
    {
      header: 'Customer',
      width: '20%',
      value: ({ customer }) => customer,
      cell: ({ conflictId, customer }) => (
        <TextLink to="/conflicts/$id" params={{ id: String(conflictId) }} fw={600} underline="hover">
          {customer}
        </TextLink>
      ),
    },
    { header: 'Attribute', width: '12%', value: ({ label }) => label, cell: ({ label }) => label },
    {
      header: 'Values',
      value: ({ candidates }) =>
        candidates.map(({ display, systemName }) => `${systemName}: ${display || 'cleared'}`).join('\n'),
      cell: (conflict) => <Values conflict={conflict} />,
    },
    state === 'open'
      ? {
          header: 'Opened',
          sort: 'opened',
          width: '20%',
          value: ({ openedAt }) => openedAt,
          cell: (conflict) => <Opened conflict={conflict} />,
        }
      : {
          header: 'Closed',
          width: '20%',
          value: ({ closedAt }) => closedAt,
          cell: (conflict) => <Closed conflict={conflict} />,
        },
  ];
}

function Values({ conflict }: { conflict: Conflict }) {
  return (
    <ul className={classes.values}>
      {conflict.candidates.map((candidate) => (
        <li key={candidate.assertionId} data-chosen={candidate.assertionId === conflict.decision?.chosen}>
          <span className={classes.value}>{candidate.display || 'Cleared'}</span>
          <span className={classes.origin}>
            <SystemName code={candidate.system} name={candidate.systemName} />
            <Time at={candidate.at} />
            {candidate.provisional && conflict.state === 'open' && <Badge size="sm">provisional</Badge>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Opened({ conflict: { openedAt, cause } }: { conflict: Conflict }) {
  return (
    <>
      <Time at={openedAt} />
      <Text size="sm" c="dimmed">
        {conflictCauseInWords(cause)}
      </Text>
    </>
  );
}

function Closed({ conflict }: { conflict: Conflict }) {
  return (
    <>
      {conflict.closedAt && <Time at={conflict.closedAt} />}
      <Text size="sm" c="dimmed">
        {conflict.decision?.undone ? 'Undone' : conflict.closedBy && closedByInWords(conflict.closedBy)}
      </Text>
    </>
  );
}
