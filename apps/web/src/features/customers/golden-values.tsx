import type { Customer, GoldenValue, Member } from '@cinch/api-contract';
import { Group, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { ruleInWords, whyNotInWords } from '../../texts.ts';
import classes from './golden-values.module.css';

export function GoldenValues({ customer }: { customer: Customer }) {
  const nameOf = (code: string) => systemName(customer.members, code);
  return (
    <DataTable
      label="Golden values and where each came from"
      columns={columns(nameOf)}
      rows={customer.values}
      rowKey={({ attribute }) => attribute}
      empty={{ title: 'No values', advice: 'No system says anything about this customer any more.' }}
    />
  );
}

function columns(nameOf: (code: string) => string): Column<GoldenValue>[] {
  return [
    {
      header: 'Attribute',
      width: '13%',
      cell: ({ label }) => (
        <Text span inherit c="dimmed">
          {label}
        </Text>
      ),
    },
    { header: 'Value', width: '33%', cell: (value) => <Value value={value} /> },
    {
      header: 'From',
      cell: ({ from }) => (
        <>
          <Group gap={6}>
            <SystemName code={from.system} name={nameOf(from.system)} />
            <span>{from.sourceId}</span>
          </Group>
          <Text size="sm" c="dimmed">
            changed <Time at={from.at} />
          </Text>
        </>
      ),
    },
    { header: 'Why this one', width: '30%', cell: (value) => <Why value={value} nameOf={nameOf} /> },
  ];
}

function Value({ value: { display, held, conflictId } }: { value: GoldenValue }) {
  return (
    <Group gap="sm">
      <span className={classes.value}>{display || 'Cleared'}</span>
      {held && conflictId !== null && (
        <ButtonLink
          to="/conflicts/$id"
          params={{ id: String(conflictId) }}
          size="compact-xs"
          variant="light"
          color="amber"
        >
          held: decide the conflict
        </ButtonLink>
      )}
    </Group>
  );
}

function Why({ value, nameOf }: { value: GoldenValue; nameOf: (code: string) => string }) {
  return (
    <>
      {ruleInWords(value.rule)}
      {value.losers.length > 0 && (
        <details className={classes.losers}>
          <summary>
            Why not {value.losers.length === 1 ? 'the other value' : `the ${value.losers.length} others`}
          </summary>
          <ul>
            {value.losers.map((loser) => (
              <li key={`${loser.system} ${loser.sourceId} ${loser.at} ${loser.display}`}>
                <strong>{loser.display || 'Cleared'}</strong>
                <Text size="sm" c="dimmed">
                  {nameOf(loser.system)} {loser.sourceId}, <Time at={loser.at} />:{' '}
                  {whyNotInWords(loser.why).toLowerCase()}
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function systemName(members: readonly Member[], code: string): string {
  return members.find((member) => member.system === code)?.systemName ?? code;
}
