import type { Customer, GoldenValue } from '@cinch/api-contract';
import { Group, Text } from '@mantine/core';
import { Breakable } from '../../components/breakable.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { ruleInWords, whyNotInWords } from '../../texts.ts';
import type { CustomerAct } from '../../components/decisions/customer-act.ts';
import { useMayAct } from '../../components/decisions/may-act.ts';
import { itemKeyOf } from '../../components/value-form.ts';
import { RecordLink } from '../../components/record-link.tsx';
import { useSystemName } from '../../api/systems.ts';
import { isMasked, Reveal } from '../../components/reveal.tsx';
import classes from './golden-values.module.css';

export function GoldenValues({ customer }: { customer: Customer }) {
  const nameOf = useSystemName();
  const mayDecide = useMayAct()('pin');
  return (
    <DataTable
      label="Golden values and where each came from"
      columns={mayDecide ? [...columns(customer, nameOf), decideColumn(customer)] : columns(customer, nameOf)}
      rows={customer.values}
      rowKey={({ attribute }) => attribute}
      groupOf={({ attribute, label }) => (itemKeyOf(attribute) === null ? null : label)}
      empty={{ title: 'No values', advice: 'No system says anything about this customer any more.' }}
    />
  );
}

function columns({ customerId }: Customer, nameOf: (code: string) => string): Column<GoldenValue>[] {
  return [
    {
      header: 'Attribute',
      width: '13%',
      cell: ({ attribute, label }) => (
        <Text span inherit c="dimmed">
          {itemKeyOf(attribute) ?? label}
        </Text>
      ),
    },
    { header: 'Value', width: '29%', cell: (value) => <Value value={value} customerId={customerId} /> },
    {
      header: 'From',
      width: '20%',
      cell: ({ from }) => (
        <>
          <Group gap={6}>
            <SystemName code={from.system} name={nameOf(from.system)} />
            {from.sourceId !== null && <RecordLink system={from.system} sourceId={from.sourceId} />}
          </Group>
          <Text size="sm" c="dimmed">
            <Time at={from.at} />
            {from.mappingVersion !== null && `, by mapping ${from.mappingVersion}`}
          </Text>
        </>
      ),
    },
    { header: 'Why this one', width: '28%', cell: (value) => <Why value={value} nameOf={nameOf} /> },
  ];
}

const decideColumn = ({ customerId }: Customer): Column<GoldenValue> => ({
  header: 'Decide',
  cell: (value) => <Decide value={value} customerId={customerId} />,
});

function Value({ value, customerId }: { value: GoldenValue; customerId: string }) {
  const { attribute, label, display, held, conflictId } = value;
  return (
    <Group gap="sm">
      <span className={classes.value}>
        {display ? <Breakable text={display} /> : itemKeyOf(attribute) === null ? 'Cleared' : 'Removed'}
      </span>
      {isMasked(display) && <Reveal customerId={customerId} attribute={attribute} label={label} />}
      {held && conflictId !== null && (
        <ButtonLink
          to="/conflicts/$id"
          params={{ id: String(conflictId) }}
          size="compact-xs"
          variant="light"
          color="amber"
        >
          held: see the conflict
        </ButtonLink>
      )}
    </Group>
  );
}

function Why({ value, nameOf }: { value: GoldenValue; nameOf: (code: string) => string }) {
  return (
    <>
      {ruleInWords(value.rule)}
      {value.owner !== null && (
        <Text size="sm" c="dimmed">
          {nameOf(value.owner)} owns it
        </Text>
      )}
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
          {value.flip && (
            <Text size="sm" mt={6}>
              {value.flip}
            </Text>
          )}
        </details>
      )}
    </>
  );
}

function Decide({
  value: { attribute, label, rule, decisionId, losers },
  customerId,
}: {
  value: GoldenValue;
  customerId: string;
}) {
  const mayReconsider = useMayAct()('reconsider');
  const named = itemKeyOf(attribute) === null ? label : `${label} ${itemKeyOf(attribute)}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <ActLink customerId={customerId} search={{ act: 'pin', attribute }} label="Pin" about={named} />
      {decisionId !== null && (
        <ActLink
          customerId={customerId}
          search={{ act: 'undo', decision: decisionId }}
          label="Undo"
          about={`the ${rule === 'pin' ? 'pin' : 'choice'} of ${named}`}
        />
      )}
      {mayReconsider && losers.some(({ why }) => why === 'superseded') && (
        <ActLink
          customerId={customerId}
          search={{ act: 'reconsider', attribute }}
          label="Reconsider"
          about={`replaced values of ${named}`}
        />
      )}
    </Group>
  );
}

function ActLink(props: { customerId: string; search: CustomerAct; label: string; about: string }) {
  return (
    <ButtonLink
      to="/customers/$id"
      params={{ id: props.customerId }}
      search={props.search}
      resetScroll={false}
      variant="default"
      size="compact-xs"
      aria-label={`${props.label} ${props.about}`}
    >
      {props.label}
    </ButtonLink>
  );
}
