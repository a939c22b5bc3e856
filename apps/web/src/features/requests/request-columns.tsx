import type { ChangeRequest } from '@cinch/api-contract';
import { Group, Text } from '@mantine/core';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import classes from './requests.module.css';

export function requestColumns(
  state: ChangeRequest['state'],
  nameOf: (code: string) => string,
  mayAnswer: boolean,
): Column<ChangeRequest>[] {
  return [
    {
      header: 'Customer',
      width: '20%',
      value: ({ customer }) => customer,
      cell: ({ customerId, customer }) => (
        <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
          {customer}
        </TextLink>
      ),
    },
    { header: 'Attribute', width: '12%', value: ({ label }) => label, cell: ({ label }) => label },
    {
      header: 'From → to',
      value: ({ display, baseDisplay }) => `${baseDisplay} → ${display}`,
      cell: (request) => <Change request={request} />,
    },
    {
      header: 'Who asks whom',
      sort: 'opened',
      value: ({ systemName, sourceId, owner, openedAt }) =>
        `${systemName} ${sourceId ?? ''} asks ${nameOf(owner)}, ${openedAt}`,
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
    ...(state === 'open' ? (mayAnswer ? [answerColumn] : []) : [endedColumn]),
  ];
}

const answerColumn: Column<ChangeRequest> = {
  header: 'Answer',
  width: '8rem',
  cell: ({ requestId, label, customer }) => <Answer id={requestId} of={`${label} of ${customer}`} />,
};

const endedColumn: Column<ChangeRequest> = {
  header: 'Ended',
  width: '24%',
  value: ({ state, decision, closedAt }) =>
    decision ? `${state} by ${decision.by}, ${decision.at}: ${decision.reason}` : closedAt,
  cell: (request) => <Ended request={request} />,
};

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
