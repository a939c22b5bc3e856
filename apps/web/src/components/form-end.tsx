import { Button, Group } from '@mantine/core';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  submit: string;
  isPending: boolean;
  /** What is entered cannot be sent yet. */
  disabled?: boolean;
  error?: unknown;
  /** Left out where the form stands open by itself. */
  onCancel?: (() => void) | undefined;
}

/** The end of a form: what went wrong, what sends it, and the way back. */
export function FormEnd({ submit, isPending, disabled = false, error, onCancel }: Props) {
  return (
    <>
      <ProblemAlert error={error} />
      <Group gap="sm">
        <Button type="submit" loading={isPending} disabled={disabled}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </Group>
    </>
  );
}
