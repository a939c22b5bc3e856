import { passwordFault } from '../../platform/accounts/password-rule.ts';
import { ProblemError } from '../../platform/problem-error.ts';

/** For a password that somebody chooses. */
export function mustBeStrong(password: string, { name, email }: { name: string; email: string }): void {
  const fault = passwordFault(password, [email, name]);
  if (fault !== null) throw new ProblemError('weak-password', fault);
}
