import { NativeSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { FormEnd } from '../../components/form-end.tsx';
import { codeFrom } from './code-from.ts';
import { useRegisterSystem } from './queries.ts';
import { ownRule, predicateChoices, predicateOf } from './scope-words.ts';

/** A new system. It is observed only: whatever is entered here, nothing is sent to it. */
export function RegisterForm({ onCancel }: { onCancel: () => void }) {
  const register = useRegisterSystem();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [adapterUrl, setAdapterUrl] = useState('');
  const [create, setCreate] = useState('nobody');
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = adapterUrl.trim();
    const token = String(new FormData(event.currentTarget).get('token') ?? '');
    register.mutate(
      {
        code: code ?? codeFrom(name),
        name: name.trim(),
        ...(url !== '' && { adapterUrl: url, ...(token !== '' && { adapterToken: token }) }),
        scope: { create: predicateOf({ choice: create, text: '' }) },
      },
      { onSuccess: (made) => void navigate({ to: '/systems/$code', params: { code: made.code } }) },
    );
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label="Name"
          description="As people call it: it stands on every screen."
          required
          maxLength={80}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Code"
          description="What it is called in addresses, keys and its mapping. It cannot be changed later."
          required
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          value={code ?? codeFrom(name)}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <TextInput
          label="Address of its adapter"
          description="Where the hub lists its records and, once it is armed, writes to it. Leave it empty for a system that only pushes."
          placeholder="https://shop.example.com/mdm/"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={adapterUrl}
          onChange={({ currentTarget }) => setAdapterUrl(currentTarget.value)}
        />
        {adapterUrl.trim() !== '' && (
          <PasswordInput
            label="Token of its adapter"
            description="The hub sends it along with each call to the adapter, and shows it to nobody."
            name="token"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          />
        )}
        <NativeSelect
          label="Who is given a record there"
          description="Customers of other systems who have none there. With “Nobody” it only gets what it has already; you can change this later."
          data={predicateChoices.filter(({ value }) => value !== ownRule)}
          value={create}
          onChange={({ currentTarget }) => setCreate(currentTarget.value)}
        />
        <Text size="sm">
          It starts as an observer: the hub listens to it and sends it nothing until an admin has looked at a plan and
          armed it.
        </Text>
        <FormEnd
          submit="Register the system"
          isPending={register.isPending}
          error={register.error}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}
