import type { Customer, CustomerAsOf } from '@cinch/api-contract';
import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyView } from '../../components/empty-view.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { itemKeyOf } from '../../components/value-form.ts';
import { fromLocalField, toLocalField } from '../../components/local-instant.ts';
import { asOfQuery } from './queries.ts';

interface Props {
  customer: Customer;
  at: string | undefined;
  onAt: (at: string | undefined) => void;
}

/** The golden values as they stood at an instant, beside today's. */
export function AsOfPanel({ customer, at, onAt }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = fromLocalField(String(new FormData(event.currentTarget).get('at') ?? ''));
    if (asked !== null) onAt(asked);
  };
  return (
    <Panel title="As it was" flush>
      <form key={at} onSubmit={submit}>
        <Group align="flex-end" gap="sm" px="1.25rem" py="sm">
          <TextInput
            type="datetime-local"
            step={1}
            label="Date and time"
            name="at"
            required
            withAsterisk={false}
            defaultValue={at === undefined ? '' : toLocalField(at)}
          />
          <Button type="submit" variant="default">
            Show what stood then
          </Button>
          {at !== undefined && (
            <Button variant="subtle" onClick={() => onAt(undefined)}>
              Only today
            </Button>
          )}
        </Group>
      </form>
      {at !== undefined && <Stood customer={customer} at={at} />}
    </Panel>
  );
}

interface Line {
  attribute: string;
  label: string;
  before: string | undefined;
  now: string;
  since: string | undefined;
}

function Stood({ customer, at }: { customer: Customer; at: string }) {
  const query = useQuery(asOfQuery(customer.customerId, at));
  return (
    <Loaded query={query}>
      {(asOf) =>
        asOf.version === null ? (
          <EmptyView title="The hub did not know this customer yet">Ask for a later time.</EmptyView>
        ) : (
          <DataTable
            label="The golden values then and now"
            columns={columns}
            rows={linesOf(asOf, customer)}
            rowKey={({ attribute }) => attribute}
            groupOf={({ attribute, label }) => (itemKeyOf(attribute) === null ? null : label)}
            empty={{ title: 'It had no values then' }}
          />
        )
      }
    </Loaded>
  );
}

const columns: Column<Line>[] = [
  {
    header: 'Attribute',
    width: '15%',
    cell: ({ attribute, label }) => (
      <Text span inherit c="dimmed">
        {itemKeyOf(attribute) ?? label}
      </Text>
    ),
  },
  {
    header: 'Then',
    width: '36%',
    cell: ({ before, since }) => (
      <>
        <Text inherit style={{ overflowWrap: 'anywhere' }}>
          {before ?? '–'}
        </Text>
        {since !== undefined && (
          <Text size="sm" c="dimmed">
            since <Time at={since} />
          </Text>
        )}
      </>
    ),
  },
  {
    header: 'Now',
    cell: ({ before, now }) => (
      <Group gap="xs">
        <Text span inherit fw={(before ?? '') === now ? undefined : 600} style={{ overflowWrap: 'anywhere' }}>
          {now || '–'}
        </Text>
        {(before ?? '') !== now && (
          <Badge size="sm" color="amber">
            changed since
          </Badge>
        )}
      </Group>
    ),
  },
];

/** What stood then, in the order of today's values; what came or went since is a line too. */
function linesOf(asOf: CustomerAsOf, customer: Customer): Line[] {
  const now = new Map(customer.values.map((value) => [value.attribute, value]));
  const stoodThen = new Map(asOf.values.map((value) => [value.attribute, value]));
  const lines = [...new Set([...now.keys(), ...stoodThen.keys()])].map((attribute): Line => {
    const stood = stoodThen.get(attribute);
    const label = (stood ?? now.get(attribute))!.label;
    return { attribute, label, before: stood?.display, now: now.get(attribute)?.display ?? '', since: stood?.since };
  });
  const isItem = ({ attribute }: Line) => itemKeyOf(attribute) !== null;
  return [
    ...lines.filter((line) => !isItem(line)),
    ...lines.filter(isItem).sort((a, b) => (a.attribute < b.attribute ? -1 : 1)),
  ].filter((line) => line.before !== undefined || line.now !== '');
}
