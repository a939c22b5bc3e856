import type { Customer, Member } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { sentenceCase } from '../../texts.ts';
import classes from './member-comparison.module.css';

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
      cell: ({ label }) => (
        <Text span inherit c="dimmed">
          {label}
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
        empty={{ title: 'No source records', advice: 'No system has a record of this customer any more.' }}
      />
      <ul className={classes.records}>
        {customer.members.map((member) => (
          <li key={member.recordId}>
            <SystemName code={member.system} name={member.systemName} /> {member.sourceId ?? 'has no id yet'}
            <Text span inherit c="dimmed">
              {' '}
              {describe(member)}
              {member.changedAt && (
                <>
                  , changed <Time at={member.changedAt} />
                </>
              )}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

function Held({ member, attribute }: { member: Member; attribute: string }) {
  const held = member.holds.find((value) => value.attribute === attribute);
  if (!held) {
    return (
      <Text span inherit c="dimmed" title="This system does not keep this attribute">
        not kept
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

function linesOf({ values, members }: Customer): Line[] {
  const lines = new Map<string, Line>(
    values.map(({ attribute, label, display }) => [attribute, { attribute, label, golden: display }]),
  );
  for (const { attribute, label } of members.flatMap((member) => member.holds)) {
    if (!lines.has(attribute)) lines.set(attribute, { attribute, label, golden: '' });
  }
  return [...lines.values()];
}

function describe({ origin, state, version }: Member): string {
  const born = origin === 'hub' ? 'created by the hub' : 'pushed by the system';
  return [sentenceCase(state), born, ...(version === null ? [] : [`version ${version}`])].join(', ');
}
