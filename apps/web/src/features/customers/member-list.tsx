import type { Customer, Member } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { ButtonLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { Time } from '../../components/time.tsx';
import { memberStateInWords } from '../../texts.ts';
import type { CustomerAct } from '../../components/decisions/customer-act.ts';
import { useMayAct } from '../../components/decisions/may-act.ts';
import { RecordLink } from '../../components/record-link.tsx';
import classes from './member-list.module.css';

/** The source records, each with its state and what may be said of it. */
export function MemberList({ customer: { customerId, members } }: { customer: Customer }) {
  return (
    <ul className={classes.records} aria-label="Source records">
      {members.map((member) => (
        <li key={member.recordId}>
          <Group gap="xs">
            <SystemName code={member.system} name={member.systemName} />
            <RecordLink system={member.system} sourceId={member.sourceId} />
            <Badge size="sm" color={member.state === 'live' ? 'leaf' : 'slate'}>
              {memberStateInWords(member.state)}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {describe(member)}
            {member.changedAt && (
              <>
                , changed <Time at={member.changedAt} />
              </>
            )}
          </Text>
          <Acts member={member} customerId={customerId} />
        </li>
      ))}
    </ul>
  );
}

function describe({ origin, version }: Member): string {
  const born = origin === 'hub' ? 'Created by the hub' : 'Pushed by the system';
  return version === null ? born : `${born}, version ${version}`;
}

function Acts({ member, customerId }: { member: Member; customerId: string }) {
  const mayAct = useMayAct();
  const { recordId, system, state } = member;
  const isGone = state === 'deleted' || state === 'confirmed-deleted';
  const isThere = state === 'live' || state === 'old';
  const acts: { search: CustomerAct; label: string; isOffered: boolean }[] = [
    { search: { act: 'confirm-deleted', record: recordId }, label: 'Confirm as deleted', isOffered: isThere },
    { search: { act: 'put-back', record: recordId }, label: 'Put back whole', isOffered: isThere },
    { search: { act: 'exclude', record: recordId }, label: 'Exclude', isOffered: isThere },
    { search: { act: 'reopen', system }, label: 'Reopen creation', isOffered: isGone },
  ];
  const offered = acts.filter(({ search: { act }, isOffered }) => act && isOffered && mayAct(act));
  if (offered.length === 0) return null;
  return (
    <Group gap="xs" mt={4}>
      {offered.map(({ search, label }) => (
        <ButtonLink
          key={label}
          to="/customers/$id"
          params={{ id: customerId }}
          search={search}
          resetScroll={false}
          variant="default"
          size="compact-xs"
          aria-label={`${label}: ${member.systemName} ${member.sourceId ?? ''}`.trim()}
        >
          {label}
        </ButtonLink>
      ))}
    </Group>
  );
}
