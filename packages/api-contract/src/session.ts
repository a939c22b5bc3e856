import { z } from 'zod';

/**
 * `admin` sets everything up. `steward` decides what rules cannot. `auditor` reads everything, also who did what, and changes nothing
 * but its own password.
 */
export const roles = ['admin', 'steward', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const me = z.object({ name: z.string(), email: z.string(), role: z.enum(roles) }).meta({ id: 'Me' });
export type Me = z.infer<typeof me>;
export const login = z.object({ email: z.string().min(3), password: z.string().min(1) }).meta({ id: 'Login' });

/** Who is logged in, and every call that this account may make: `GET /api/v1/customers/:customerId`. The console offers only these. */
export const session = me.extend({ may: z.array(z.string()) }).meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** Long enough that nobody guesses it, short enough that hashing it costs nothing worth attacking. */
export const newPassword = z
  .string()
  .min(10, 'take at least 10 characters')
  .max(128, 'take at most 128 characters')
  .describe('10 to 128 characters');
