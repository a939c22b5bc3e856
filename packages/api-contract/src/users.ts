import { z } from 'zod';
import { passwordLength } from './people-limits.ts';
import { newPassword, roles } from './session.ts';

/** `invited`: has not chosen a password yet. */
export const userStates = ['invited', 'active', 'disabled'] as const;

export const user = z
  .object({
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    state: z.enum(userStates),
    createdAt: z.iso.datetime(),
    lastLogInAt: z.iso.datetime().nullable(),
    /** Until when a link that was handed out can be used; null when none can. */
    linkExpiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;
/** In the order of their names. */
export const userList = z.object({ users: z.array(user) }).meta({ id: 'UserList' });

export const userInvite = z
  .object({ name: z.string().trim().min(1).max(80), email: z.email().max(254), role: z.enum(roles) })
  .meta({ id: 'UserInvite' });
export const roleSet = z.object({ role: z.enum(roles) }).meta({ id: 'RoleSet' });

/** `invite`: to choose the first password. `reset`: to choose another one. */
export const linkPurposes = ['invite', 'reset'] as const;

/** The token is shown this once: hand it over as `/link#TOKEN` under the address of the console. A newer link ends it. */
export const linkMade = z
  .object({ user, purpose: z.enum(linkPurposes), token: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'LinkMade' });
export type LinkMade = z.infer<typeof linkMade>;

/** In the body, not in the address: addresses are kept in logs and histories. */
export const linkLook = z.object({ token: z.string().min(1).max(200) }).meta({ id: 'LinkLook' });
export const linkFound = z
  .object({ name: z.string(), email: z.string(), purpose: z.enum(linkPurposes), expiresAt: z.iso.datetime() })
  .meta({ id: 'LinkFound' });
export type LinkFound = z.infer<typeof linkFound>;
export const linkUse = linkLook.extend({ password: newPassword }).meta({ id: 'LinkUse' });

export const passwordChange = z
  .object({ current: z.string().min(1).max(passwordLength.most), next: newPassword })
  .meta({ id: 'PasswordChange' });

export const ownSession = z
  .object({
    sessionId: z.string(),
    /** What the browser calls itself. */
    userAgent: z.string().nullable(),
    loggedInAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    isThis: z.boolean(),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.infer<typeof ownSession>;
/** The latest first. */
export const ownSessionList = z.object({ sessions: z.array(ownSession) }).meta({ id: 'OwnSessionList' });
