import { TextInput } from '@mantine/core';

/** A day and its time, in the reader's own zone; `fromLocalField` makes an instant of it. */
export function InstantField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextInput
      label={label}
      type="datetime-local"
      step={1}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
