import type { Pin } from '@cinch/api-contract';
import { Group, List, Text } from '@mantine/core';
import { Breakable } from '../../components/breakable.tsx';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { itemKeyOf } from '../../components/value-form.ts';

export function pinColumns(mayUndo: boolean): readonly Column<Pin>[] {
  return mayUndo ? [...columns, undoColumn] : columns;
}

const columns: readonly Column<Pin>[] = [
  {
    header: 'Customer',
    width: '18%',
    value: ({ customer }) => customer,
    cell: ({ customerId, customer }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
        {customer}
      </TextLink>
    ),
  },
  {
    header: 'Pinned value',
    width: '22%',
    value: ({ label, attribute, display }) => `${label} ${itemKeyOf(attribute)}: ${display || 'none'}`,
    cell: ({ label, attribute, display }) => (
      <>
        <Text size="sm" c="dimmed">
          {label} {itemKeyOf(attribute)}
        </Text>
        <Text inherit fw={600} style={{ overflowWrap: 'anywhere' }}>
          {display ? <Breakable text={display} /> : 'None'}
        </Text>
      </>
    ),
  },
  {
    header: 'By whom and why',
    sort: 'made',
    value: ({ by, at, until, reason }) => `${by}, ${at}${until === null ? '' : ` until ${until}`}: ${reason}`,
    cell: ({ by, at, until, reason }) => (
      <>
        {by}, <Time at={at} />
        {until !== null && (
          <>
            , until <Time at={until} />
          </>
        )}
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      </>
    ),
  },
  {
    header: 'Records that differ',
    width: '24%',
    value: ({ against }) =>
      against
        .map(({ systemName, sourceId, display }) => `${systemName} ${sourceId}: ${display || 'cleared'}`)
        .join('\n'),
    cell: (pin) => <Against pin={pin} />,
  },
];

const undoColumn: Column<Pin> = {
  header: 'Decide',
  width: '7rem',
  cell: ({ decisionId, label, customer }) => (
    <ButtonLink
      from="/pins"
      to="/pins"
      search={(before) => ({ ...before, undo: decisionId })}
      resetScroll={false}
      variant="default"
      size="compact-sm"
      aria-label={`Undo the pin of ${label} of ${customer}`}
    >
      Undo
    </ButtonLink>
  ),
};

function Against({ pin: { against } }: { pin: Pin }) {
  if (against.length === 0)
    return (
      <Text span size="sm" c="dimmed">
        none
      </Text>
    );
  return (
    <List listStyleType="none" size="sm">
      {against.map(({ system, systemName, sourceId, display, at }) => (
        <List.Item key={`${system} ${sourceId} ${at} ${display}`}>
          {display ? <Breakable text={display} /> : 'Cleared'}
          <Group gap={6} c="dimmed">
            <SystemName code={system} name={systemName} /> {sourceId}
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
