import { z } from 'zod';

export const roles = ['admin', 'steward'] as const;
export type Role = (typeof roles)[number];

export const me = z.object({ name: z.string(), email: z.string(), role: z.enum(roles) }).meta({ id: 'Me' });
export type Me = z.infer<typeof me>;
export const login = z.object({ email: z.string().min(3), password: z.string().min(1) }).meta({ id: 'Login' });
