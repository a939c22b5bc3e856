import { passwordLength } from '@cinch/api-contract';
import { PasswordInput } from '@mantine/core';

const { least, most } = passwordLength;

/** What is wrong with a password that was typed twice; null when nothing is. */
export function passwordFault(next: string, again: string): string | null {
  if (next.length < least) return `Take at least ${least} characters.`;
  return next === again ? null : 'The two new passwords differ: type them again.';
}

interface Props {
  label: string;
  name: string;
  autoComplete: 'current-password' | 'new-password';
  description?: string;
}

export function PasswordField({ label, name, autoComplete, description }: Props) {
  return (
    <PasswordInput
      label={label}
      name={name}
      description={description}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      maxLength={most}
      visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
    />
  );
}

/** The new password, twice. */
export function NewPasswordFields() {
  return (
    <>
      <PasswordField
        label="New password"
        name="next"
        autoComplete="new-password"
        description={`At least ${least} characters; a few words do well. Common passwords, your name and your e-mail are refused.`}
      />
      <PasswordField label="New password once more" name="again" autoComplete="new-password" />
    </>
  );
}
