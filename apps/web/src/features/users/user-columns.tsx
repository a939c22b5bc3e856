import type { User } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { roleInWords, userStateInWords } from '../../texts.ts';
import type { UserAct } from './queries.ts';

const stateColours: Record<User['state'], string> = { active: 'leaf', invited: 'amber', disabled: 'slate' };

export function userColumns(mayChange: boolean): readonly Column<User>[] {
  return [
    {
      header: 'Name',
      value: ({ name }) => name,
      cell: ({ name, email }) => (
        <>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {email}
          </Text>
        </>
      ),
    },
    { header: 'Role', value: ({ role }) => roleInWords(role), cell: ({ role }) => roleInWords(role) },
    {
      header: 'State',
      value: ({ state }) => userStateInWords(state),
      cell: ({ state, linkExpiresAt }) => (
        <>
          <Badge color={stateColours[state]}>{userStateInWords(state)}</Badge>
          {linkExpiresAt && (
            <Text size="sm" c="dimmed">
              Link until <Time at={linkExpiresAt} />
            </Text>
          )}
        </>
      ),
    },
    {
      header: 'Last log-in',
      value: ({ lastLogInAt }) => lastLogInAt,
      cell: ({ lastLogInAt }) => (lastLogInAt ? <Time at={lastLogInAt} /> : <Text c="dimmed">Never</Text>),
    },
    ...(mayChange ? [acts] : []),
  ];
}

const acts: Column<User> = {
  header: 'Acts',
  cell: (user) => (
    <Group gap="md">
      {actsOn(user).map(({ act, label }) => (
        <TextLink
          key={act}
          from="/users"
          to="/users"
          search={(before) => ({ ...before, act, user: user.userId })}
          resetScroll={false}
          aria-label={`${label}: ${user.name}`}
          size="sm"
        >
          {label}
        </TextLink>
      ))}
    </Group>
  ),
};

function actsOn({ state }: User): { act: NonNullable<UserAct['act']>; label: string }[] {
  if (state === 'disabled') {
    return [
      { act: 'enable', label: 'Enable' },
      { act: 'remove', label: 'Remove' },
    ];
  }
  return [
    { act: 'role', label: 'Change role' },
    { act: 'link', label: state === 'invited' ? 'New invitation' : 'Reset password' },
    { act: 'disable', label: 'Disable' },
    { act: 'remove', label: 'Remove' },
  ];
}
