import { z } from 'zod';
import { instantStated } from './instant-said.ts';

export const systemKeyStates = ['live', 'expired', 'revoked'] as const;

export const systemKey = z
  .object({
    keyId: z.int(),
    name: z.string(),
    /** How the key begins; the rest is kept nowhere. */
    prefix: z.string(),
    state: z.enum(systemKeyStates),
    madeAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    /** To the minute. */
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SystemKey' });
export type SystemKey = z.infer<typeof systemKey>;
/** The latest first. */
export const systemKeyList = z.object({ keys: z.array(systemKey) }).meta({ id: 'SystemKeyList' });

/** A system has at most two live keys: one that works, and the one that takes its place. */
export const keyMake = z
  .object({ name: z.string().trim().max(80).optional(), expiresAt: instantStated.nullish() })
  .optional()
  .meta({ id: 'KeyMake' });

/** The whole key is shown this once. */
export const keyMade = z.object({ keyId: z.int(), key: z.string(), prefix: z.string() }).meta({ id: 'KeyMade' });
