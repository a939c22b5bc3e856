import { Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FormEnd } from '../../components/form-end.tsx';

interface Props {
  submit: string;
  /** What will happen. */
  means?: ReactNode;
  isPending: boolean;
  error: unknown;
  onSubmit: (entered: FormData) => void;
  onCancel: () => void;
  children?: ReactNode;
}

/** What every act on an account has: its fields, what it means, what went wrong, and the way back. */
export function UserForm({ submit, means, isPending, error, onSubmit, onCancel, children }: Props) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={send}>
      <Stack>
        {children}
        {means && <Text size="sm">{means}</Text>}
        <FormEnd submit={submit} isPending={isPending} error={error} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
