import type { ChangeRequest } from '@cinch/api-contract';
import { Group, Text } from '@mantine/core';
import type { Column } from '../../components/data-table.tsx';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import classes from './requests.module.css';

export function requestColumns(
  state: ChangeRequest['state'],
  nameOf: (code: string) => string,
): Column<ChangeRequest>[] {
  return [
    {
      header: 'Customer',
      width: '20%',
      cell: ({ customerId, customer }) => (
        <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
          {customer}
        </TextLink>
      ),
    },
    { header: 'Attribute', width: '10%', cell: ({ label }) => label },
    { header: 'From → to', cell: (request) => <Change request={request} /> },
    {
      header: 'Who asks whom',
      cell: ({ system, systemName, sourceId, owner, openedAt }) => (
        <>
          <Group gap={6}>
            <SystemName code={system} name={systemName} />
            {sourceId}
          </Group>
          <Text size="sm" c="dimmed">
            asks {nameOf(owner)}, the owner, <Time at={openedAt} />
          </Text>
        </>
      ),
    },
    state === 'open'
      ? {
          header: 'Answer',
          cell: ({ requestId, label, customer }) => <Answer id={requestId} of={`${label} of ${customer}`} />,
        }
      : { header: 'Ended', width: '24%', cell: (request) => <Ended request={request} /> },
  ];
}

export function Change({ request: { display, baseDisplay } }: { request: ChangeRequest }) {
  return (
    <span className={classes.change}>
      <del>{baseDisplay}</del> → <ins>{display}</ins>
    </span>
  );
}

function Answer({ id, of }: { id: number; of: string }) {
  return (
    <ButtonLink
      from="/change-requests"
      to="/change-requests"
      search={(before) => ({ ...before, answer: id })}
      resetScroll={false}
      size="compact-sm"
      variant="light"
      color="amber"
      aria-label={`Answer the request for ${of}`}
    >
      Answer
    </ButtonLink>
  );
}

function Ended({ request: { decision, closedAt } }: { request: ChangeRequest }) {
  return (
    <>
      {decision ? (
        <>
          {decision.accepted ? 'Accepted' : 'Refused'} by {decision.by}
          {decision.undone && ', undone later'}, <Time at={decision.at} />
          <Text size="sm" c="dimmed">
            {decision.reason}
          </Text>
        </>
      ) : (
        closedAt && <Time at={closedAt} />
      )}
    </>
  );
}
