import { roles, type LinkMade, type Role, type User } from '@cinch/api-contract';
import { Radio, Stack, TextInput } from '@mantine/core';
import { roleInWords, roleMeans } from '../../texts.ts';
import { useInvite, useMakeLink, useSetRole, useSetState } from './queries.ts';
import { UserForm } from './user-form.tsx';

interface Done {
  onDone: (said?: string) => void;
}

export function InviteForm({ onDone, onLink }: Done & { onLink: (made: LinkMade) => void }) {
  const invite = useInvite();
  return (
    <UserForm
      submit="Invite"
      isPending={invite.isPending}
      error={invite.error}
      onCancel={() => onDone()}
      onSubmit={(entered) =>
        invite.mutate(
          { name: textOf(entered, 'name'), email: textOf(entered, 'email'), role: textOf(entered, 'role') as Role },
          {
            onSuccess: (made) => {
              onLink(made);
              onDone();
            },
          },
        )
      }
    >
      <TextInput label="Name" name="name" required maxLength={80} autoComplete="off" data-autofocus />
      <TextInput label="E-mail" name="email" type="email" required maxLength={254} autoComplete="off" />
      <RoleChoice chosen="steward" />
    </UserForm>
  );
}

export function RoleForm({ user, onDone }: Done & { user: User }) {
  const setRole = useSetRole(user);
  return (
    <UserForm
      submit="Change role"
      means="It holds from the next click on, also where this person is logged in now."
      isPending={setRole.isPending}
      error={setRole.error}
      onCancel={() => onDone()}
      onSubmit={(entered) => {
        const role = textOf(entered, 'role') as Role;
        setRole.mutate(role, { onSuccess: () => onDone(`${user.name} is ${roleInWords(role).toLowerCase()} now`) });
      }}
    >
      <RoleChoice chosen={user.role} />
    </UserForm>
  );
}

export function LinkForm({ user, onDone, onLink }: Done & { user: User; onLink: (made: LinkMade) => void }) {
  const makeLink = useMakeLink(user);
  return (
    <UserForm
      submit="Make a link"
      means={
        user.state === 'invited'
          ? 'The invitation that was made before stops working.'
          : 'The old password works until the link is used; then all sessions of this person end.'
      }
      isPending={makeLink.isPending}
      error={makeLink.error}
      onCancel={() => onDone()}
      onSubmit={() =>
        makeLink.mutate(undefined, {
          onSuccess: (made) => {
            onLink(made);
            onDone();
          },
        })
      }
    />
  );
}

const states = {
  disable: {
    submit: 'Disable',
    means: 'This person is out at once and everywhere, until enabled again.',
    said: 'is out',
  },
  enable: { submit: 'Enable', means: 'The password that was set works again.', said: 'can log in again' },
  remove: {
    submit: 'Remove for good',
    means: 'The account is gone. What the person did stays in history and audit under the e-mail.',
    said: 'is removed',
  },
} as const;

export function StateForm({ user, act, onDone }: Done & { user: User; act: keyof typeof states }) {
  const setState = useSetState(user);
  const { submit, means, said } = states[act];
  return (
    <UserForm
      submit={submit}
      means={means}
      isPending={setState.isPending}
      error={setState.error}
      onCancel={() => onDone()}
      onSubmit={() => setState.mutate(act, { onSuccess: () => onDone(`${user.name} ${said}`) })}
    />
  );
}

function RoleChoice({ chosen }: { chosen: Role }) {
  return (
    <Radio.Group label="Role" name="role" defaultValue={chosen}>
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Radio key={role} value={role} label={roleInWords(role)} description={roleMeans(role)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function textOf(entered: FormData, name: string): string {
  return String(entered.get(name) ?? '').trim();
}
