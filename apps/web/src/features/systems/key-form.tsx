import { NativeSelect, Stack, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { FormEnd } from '../../components/form-end.tsx';
import { useMakeKey } from './key-queries.ts';

const dayMs = 24 * 60 * 60_000;
const lives = [
  { value: '', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

interface Props {
  system: string;
  onMade: (key: string) => void;
  onDone: () => void;
}

export function KeyForm({ system, onMade, onDone }: Props) {
  const make = useMakeKey(system);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const days = String(entered.get('days'));
    const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString();
    make.mutate(
      { name: String(entered.get('name')).trim(), expiresAt },
      {
        onSuccess: ({ key }) => {
          onMade(key);
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label="Name"
          name="name"
          description="Where it is used, so that its like are told apart."
          maxLength={80}
          autoComplete="off"
          data-autofocus
        />
        <NativeSelect label="Expires" name="days" data={lives} />
        <FormEnd submit="Make the key" isPending={make.isPending} error={make.error} onCancel={onDone} />
      </Stack>
    </form>
  );
}
