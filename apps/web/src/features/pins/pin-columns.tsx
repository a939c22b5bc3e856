import type { Pin } from '@cinch/api-contract';
import { Group, List, Text } from '@mantine/core';
import type { Column } from '../../components/data-table.tsx';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { itemKeyOf } from '../decisions/value-form.ts';

export const pinColumns: Column<Pin>[] = [
  {
    header: 'Customer',
    width: '18%',
    cell: ({ customerId, customer }) => (
      <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
        {customer}
      </TextLink>
    ),
  },
  {
    header: 'Pinned value',
    width: '22%',
    cell: ({ label, attribute, display }) => (
      <>
        <Text size="sm" c="dimmed">
          {label} {itemKeyOf(attribute)}
        </Text>
        <Text inherit fw={600} style={{ overflowWrap: 'anywhere' }}>
          {display || 'None'}
        </Text>
      </>
    ),
  },
  {
    header: 'By whom and why',
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
  { header: 'Records that differ', width: '24%', cell: (pin) => <Against pin={pin} /> },
  {
    header: 'Decide',
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
  },
];

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
          {display || 'Cleared'}
          <Group gap={6} c="dimmed">
            <SystemName code={system} name={systemName} /> {sourceId}
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
