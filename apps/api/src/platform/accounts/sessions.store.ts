import { Injectable } from '@nestjs/common';
import type { OwnSession } from '@cinch/api-contract';
import type { Glance, Tx } from '../transaction.ts';

interface Row {
  sessionId: string;
  userAgent: string | null;
  loggedInAt: Date;
  expiresAt: Date;
}

/** Where a person is logged in. */
@Injectable()
export class SessionsStore {
  async of(tx: Tx, userId: string, thisSession: string): Promise<OwnSession[]> {
    const rows = await tx.query<Row>(
      `select "id" as "sessionId", nullif("userAgent", '') as "userAgent", "createdAt" as "loggedInAt", "expiresAt"
       from login_session where "userId" = $1 and "expiresAt" > now() order by "createdAt" desc, "id"`,
      [userId],
    );
    return rows.map(({ loggedInAt, expiresAt, ...row }) => ({
      ...row,
      loggedInAt: loggedInAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isThis: row.sessionId === thisSession,
    }));
  }

  /** Those of these sessions that somebody may still act by. */
  async alive(tx: Glance, sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(
      `select s."id" from login_session s join login_user u on u."id" = s."userId"
       where s."id" = any($1) and s."expiresAt" > now() and u."disabledAt" is null`,
      [sessionIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Whether it was one of the person's. */
  async end(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
    const ended = await tx.query('delete from login_session where "userId" = $1 and "id" = $2 returning "id"', [
      userId,
      sessionId,
    ]);
    return ended.length > 0;
  }

  /** All of the person's, but for one that is kept. */
  async endOthers(tx: Tx, userId: string, kept: string | null): Promise<void> {
    await tx.query('delete from login_session where "userId" = $1 and "id" is distinct from $2', [userId, kept]);
  }
}
