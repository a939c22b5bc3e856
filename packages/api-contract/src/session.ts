import { z } from 'zod';
import { emailLength, passwordLength } from './people-limits.ts';

/**
 * `admin` sets everything up. `steward` decides what rules cannot. `auditor` reads everything, also who did what, and changes nothing
 * but its own password.
 */
export const roles = ['admin', 'steward', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const me = z.object({ name: z.string(), email: z.string(), role: z.enum(roles) }).meta({ id: 'Me' });
export type Me = z.infer<typeof me>;
export const login = z
  .object({ email: z.string().min(3).max(emailLength), password: z.string().min(1).max(passwordLength.most) })
  .meta({ id: 'Login' });

/** Who is logged in, and every call that this account may make: `GET /api/v1/customers/:customerId`. The console offers only these. */
export const session = me.extend({ may: z.array(z.string()) }).meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** Sent by a console that nobody has touched for a while: what it reads then does not keep the session in use. */
export const unattendedHeader = 'x-unattended';

const { least, most } = passwordLength;
/** The common ones, and what is made of the person's name or e-mail, are refused besides. */
export const newPassword = z
  .string()
  .min(least, `take at least ${least} characters`)
  .max(most, `take at most ${most} characters`)
  .describe(`${least} to ${most} characters, none of the passwords that are guessed first`);
