import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { NewPasswordFields, PasswordField, passwordFault } from '../../components/password-fields.tsx';
import { useSetPassword } from './queries.ts';

export function PasswordForm() {
  const setPassword = useSetPassword();
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const [current, next, again] = ['current', 'next', 'again'].map((name) => String(entered.get(name)));
    const found = passwordFault(next!, again!);
    setFault(found);
    // What the hub said was of another try.
    if (found !== null) return setPassword.reset();
    setPassword.mutate(
      { current: current!, next: next! },
      {
        onSuccess: () => {
          form.reset();
          notifications.show({
            message: 'Your password is changed; your other sessions have ended',
            closeButtonProps: { 'aria-label': 'Close' },
          });
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="24rem" align="stretch">
        <PasswordField label="Current password" name="current" autoComplete="current-password" />
        <NewPasswordFields />
        {fault && (
          <Text role="alert" c="red" size="sm">
            {fault}
          </Text>
        )}
        <ProblemAlert error={setPassword.error} />
        <div>
          <Button type="submit" loading={setPassword.isPending}>
            Change password
          </Button>
        </div>
      </Stack>
    </form>
  );
}
