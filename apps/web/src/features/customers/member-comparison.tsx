import type { Customer, Member } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { itemKeyOf } from '../../components/value-form.ts';
import classes from './member-comparison.module.css';
import { MemberList } from './member-list.tsx';

interface Line {
  attribute: string;
  label: string;
  golden: string;
}

/** An attribute a line, a source record a column, golden first: a difference shows where the eye runs across. */
export function MemberComparison({ customer }: { customer: Customer }) {
  const columns: Column<Line>[] = [
    {
      header: 'Attribute',
      width: '13%',
      cell: ({ attribute, label }) => (
        <Text span inherit c="dimmed">
          {itemKeyOf(attribute) ?? label}
        </Text>
      ),
    },
    { header: 'Golden record', cell: ({ golden }) => golden || '–' },
    ...customer.members.map((member) => ({
      header: `${member.systemName} ${member.sourceId ?? '(no id yet)'}`,
      cell: ({ attribute }: Line) => <Held member={member} attribute={attribute} />,
    })),
  ];
  return (
    <>
      <DataTable
        label="What each system holds"
        columns={columns}
        rows={linesOf(customer)}
        rowKey={({ attribute }) => attribute}
        groupOf={({ attribute, label }) => (itemKeyOf(attribute) === null ? null : label)}
        empty={{ title: 'No source records', advice: 'No system has a record of this customer any more.' }}
      />
      <MemberList customer={customer} />
    </>
  );
}

function Held({ member, attribute }: { member: Member; attribute: string }) {
  const held = member.holds.find((value) => value.attribute === attribute);
  if (!held) {
    const isItem = itemKeyOf(attribute) !== null;
    const why = isItem ? 'This system does not hold this item' : 'This system does not keep this attribute';
    return (
      <Text span inherit c="dimmed" title={why}>
        {isItem ? 'not there' : 'not kept'}
      </Text>
    );
  }
  return (
    <div className={classes.held} data-differs={!held.agrees}>
      {held.display || 'Empty'}
      {!held.agrees && (
        <Badge size="sm" color="amber">
          differs
        </Badge>
      )}
      {held.parked && (
        <Text size="sm" c="dimmed">
          Would not take “{held.parked.display}”: {held.parked.code.replaceAll('-', ' ')}
        </Text>
      )}
    </div>
  );
}

/** Plain attributes, then items by list and key. An item that nobody has any more is no line. */
function linesOf({ values, members }: Customer): Line[] {
  const held = members.flatMap((member) => member.holds);
  const lines = new Map<string, Line>(
    values
      .filter(({ attribute, value }) => value !== null || held.some((one) => one.attribute === attribute))
      .map(({ attribute, label, display }) => [attribute, { attribute, label, golden: display }]),
  );
  for (const { attribute, label } of held) {
    if (!lines.has(attribute)) lines.set(attribute, { attribute, label, golden: '' });
  }
  const all = [...lines.values()];
  const isItem = ({ attribute }: Line) => itemKeyOf(attribute) !== null;
  return [
    ...all.filter((line) => !isItem(line)),
    ...all.filter(isItem).sort((a, b) => (a.attribute < b.attribute ? -1 : 1)),
  ];
}
