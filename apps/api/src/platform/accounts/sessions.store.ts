import { Injectable } from '@nestjs/common';
import { sessionEnds, type OwnSession } from '@cinch/api-contract';
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
  async of(tx: Tx, userId: string, thisSession: string, now: number): Promise<OwnSession[]> {
    const rows = await tx.query<Row>(
      `select "id" as "sessionId", nullif("userAgent", '') as "userAgent", "createdAt" as "loggedInAt",
         least("expiresAt", "updatedAt" + ($3::timestamptz - $2::timestamptz)) as "expiresAt"
       from login_session where "userId" = $1 and "expiresAt" > $3::timestamptz and "updatedAt" > $2::timestamptz
       order by "createdAt" desc, "id"`,
      [userId, ...usedSince(now)],
    );
    return rows.map(({ loggedInAt, expiresAt, ...row }) => ({
      ...row,
      loggedInAt: loggedInAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isThis: row.sessionId === thisSession,
    }));
  }

  /** Those of these sessions that somebody may still act by. */
  async alive(tx: Glance, sessionIds: readonly string[], now: number): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(
      `select s."id" from login_session s join login_user u on u."id" = s."userId"
       where s."id" = any($1) and s."expiresAt" > $3 and s."updatedAt" > $2 and u."disabledAt" is null`,
      [sessionIds, ...usedSince(now)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** From now on, by the hub's own reckoning; the library goes by a clock that may be set back. */
  async begin(tx: Glance, token: string, now: number): Promise<void> {
    await tx.query(`update login_session set "createdAt" = $2, "updatedAt" = $2, "expiresAt" = $3 where "token" = $1`, [
      token,
      new Date(now),
      new Date(now + sessionEnds.longestMs),
    ]);
  }

  async noteUse(tx: Glance, sessionId: string, now: number): Promise<void> {
    await tx.query('update login_session set "updatedAt" = greatest("updatedAt", $2) where "id" = $1', [
      sessionId,
      new Date(now),
    ]);
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

/** Who used a session after the first instant is still there at the second. */
function usedSince(now: number): [Date, Date] {
  return [new Date(now - sessionEnds.idleMs), new Date(now)];
}
