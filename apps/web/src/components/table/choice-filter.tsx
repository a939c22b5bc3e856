import { NativeSelect } from '@mantine/core';

interface Props<T extends string> {
  label: string;
  value: T | undefined;
  choices: readonly { value: T; label: string }[];
  /** How no choice at all is called: "All systems". Without it one of the choices is always made. */
  all?: string;
  onChoose: (chosen: T | undefined) => void;
}

/** One of a few values that narrow a list. */
export function ChoiceFilter<T extends string>({ label, value, choices, all, onChoose }: Props<T>) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value ?? ''}
      data={[...(all === undefined ? [] : [{ value: '', label: all }]), ...choices]}
      onChange={({ currentTarget }) => onChoose(choices.find((choice) => choice.value === currentTarget.value)?.value)}
    />
  );
}
