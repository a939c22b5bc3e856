import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LinkFound, LinkMade } from '@cinch/api-contract';
import type { Tx } from '../transaction.ts';

export interface StandingLink extends LinkFound {
  userId: string;
}

/** An invitation is looked at when its reader comes round to it; who has lost a password waits for the link. */
const lifeMs: Record<LinkMade['purpose'], number> = { invite: 7 * 24 * 60 * 60_000, reset: 24 * 60 * 60_000 };

/** Links that let a person choose a password, once: 256 random bits, of which only the SHA-256 is kept. */
@Injectable()
export class LinksStore {
  /** `now`: milliseconds since 1970. A link that the person had before ends. */
  async make(
    tx: Tx,
    userId: string,
    purpose: LinkMade['purpose'],
    now: number,
  ): Promise<{ token: string; expiresAt: string }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now + lifeMs[purpose]);
    await tx.query(
      `insert into account_link (user_id, token_hash, purpose, expires_at) values ($1, $2, $3, $4)
       on conflict (user_id) do update set token_hash = excluded.token_hash, purpose = excluded.purpose, expires_at = excluded.expires_at`,
      [userId, hashOf(token), purpose, expiresAt],
    );
    return { token, expiresAt: expiresAt.toISOString() };
  }

  async find(tx: Tx, token: string, now: number): Promise<StandingLink | null> {
    const [row] = await tx.query<Omit<StandingLink, 'expiresAt'> & { expiresAt: Date }>(
      `select user_id as "userId", "name", "email", purpose, expires_at as "expiresAt"
       from account_link join login_user on "id" = user_id
       where token_hash = $1 and expires_at > $2 and "disabledAt" is null`,
      [hashOf(token), new Date(now)],
    );
    return row ? { ...row, expiresAt: row.expiresAt.toISOString() } : null;
  }

  /** Whether the link still stood: of two who use it at once, one does. */
  async use(tx: Tx, token: string): Promise<boolean> {
    const used = await tx.query('delete from account_link where token_hash = $1 returning user_id', [hashOf(token)]);
    return used.length > 0;
  }
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
