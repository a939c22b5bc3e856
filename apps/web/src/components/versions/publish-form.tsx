import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

interface Props {
  /** What the button says, such as *Publish as version 3*. */
  act: string;
  /** To be typed first; null where little is at stake. */
  count: number | null;
  /** What is counted, such as *customers change*. */
  ofWhat: string;
  isPending: boolean;
  onPublish: (reason: string) => void;
}

/** The last step: a reason that stays with the version, and for much the count of it, which nobody types without looking. */
export function PublishForm({ act, count, ofWhat, isPending, onPublish }: Props) {
  const [typed, setTyped] = useState('');
  const isHeld = count !== null && typed.replaceAll(/[\s,.]/g, '') !== String(count);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onPublish(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  return (
    <form onSubmit={send}>
      <Group gap="sm" align="end">
        {count !== null && (
          <TextInput
            label={`How many ${ofWhat}`}
            description={`Type ${count} to go on.`}
            inputMode="numeric"
            autoComplete="off"
            w="min(18rem, 100%)"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <TextInput
          label="Reason"
          description="Kept with the version, for whoever asks later."
          name="reason"
          required
          maxLength={500}
          w="min(28rem, 100%)"
        />
        <Button type="submit" disabled={isHeld} loading={isPending}>
          {act}
        </Button>
      </Group>
    </form>
  );
}
