import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Me, Role, User } from '@cinch/api-contract';
import { ProblemError } from '../problem-error.ts';
import type { Glance, Tx } from '../transaction.ts';

interface Row extends Omit<User, 'createdAt' | 'lastLogInAt' | 'linkExpiresAt'> {
  createdAt: Date;
  lastLogInAt: Date | null;
  linkExpiresAt: Date | null;
}

/** An account that can be logged in to; `password` is its hash. */
export interface EnteredAccount extends Me {
  userId: string;
  password: string;
}

const hasPassword = `exists (select 1 from login_account a where a."userId" = u."id" and a."password" is not null)`;
const selected = `select u."id" as "userId", u."name", u."email", u."role", u."createdAt", u."lastLogInAt",
    case when u."disabledAt" is not null then 'disabled' when ${hasPassword} then 'active' else 'invited' end as state,
    l.expires_at as "linkExpiresAt"
  from login_user u left join account_link l on l.user_id = u."id" and l.expires_at > now()`;

/** People's accounts. Whoever has been given none of its passwords yet is invited; a disabled one keeps its name in what it did. */
@Injectable()
export class UsersStore {
  async all(tx: Tx): Promise<User[]> {
    const rows = await tx.query<Row>(`${selected} order by lower(u."name"), u."id"`);
    return rows.map(userOf);
  }

  /** As the account has it; null where there is none of this e-mail. */
  async knownEmail(tx: Glance, typed: string): Promise<string | null> {
    const [row] = await tx.query<{ email: string }>('select "email" from login_user where "email" = lower($1)', [
      typed.trim(),
    ]);
    return row?.email ?? null;
  }

  /** Whose account it is, by the e-mail or by its id, with the password that is set; null where it cannot be entered. */
  async entered(tx: Glance, by: { email: string } | { userId: string }): Promise<EnteredAccount | null> {
    const [column, value] = 'email' in by ? ['email', by.email.trim().toLowerCase()] : ['id', by.userId];
    const [row] = await tx.query<EnteredAccount>(
      `select u."id" as "userId", u."name", u."email", u."role", a."password" from login_user u
       join login_account a on a."userId" = u."id" and a."providerId" = 'credential' and a."password" is not null
       where u."${column}" = $1 and u."disabledAt" is null`,
      [value],
    );
    return row ?? null;
  }

  /** For acts that name a person in their address. */
  async named(tx: Tx, userId: string): Promise<User> {
    const [row] = await tx.query<Row>(`${selected} where u."id" = $1`, [userId]);
    if (!row) throw new ProblemError('not-found', 'There is no such user: look at the list of users.');
    return userOf(row);
  }

  /** Without a password. Null when there is an account of this e-mail already. */
  async add(tx: Tx, { name, email, role }: Pick<User, 'name' | 'email' | 'role'>): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into login_user ("id", "name", "email", "emailVerified", "role") values ($1, $2, $3, true, $4)
       on conflict ("email") do nothing returning "id"`,
      [randomUUID(), name, email.toLowerCase(), role],
    );
    return row?.id ?? null;
  }

  async setRole(tx: Tx, userId: string, role: Role): Promise<void> {
    await this.keepingAnAdmin(tx, `update login_user set "role" = $2, "updatedAt" = now() where "id" = $1`, [
      userId,
      role,
    ]);
  }

  /** Ends the person's sessions and what links were handed out. */
  async disable(tx: Tx, userId: string): Promise<void> {
    await tx.query('delete from login_session where "userId" = $1', [userId]);
    await tx.query('delete from account_link where user_id = $1', [userId]);
    await this.keepingAnAdmin(
      tx,
      `update login_user set "disabledAt" = now(), "updatedAt" = now() where "id" = $1 and "disabledAt" is null`,
      [userId],
    );
  }

  async enable(tx: Tx, userId: string): Promise<void> {
    await tx.query(`update login_user set "disabledAt" = null, "updatedAt" = now() where "id" = $1`, [userId]);
  }

  async remove(tx: Tx, userId: string): Promise<void> {
    await this.keepingAnAdmin(tx, 'delete from login_user where "id" = $1', [userId]);
  }

  async noteLogIn(tx: Tx, userId: string): Promise<void> {
    await tx.query('update login_user set "lastLogInAt" = now() where "id" = $1', [userId]);
  }

  /** The hash of the person's password; null while there is none. */
  async password(tx: Tx, userId: string): Promise<string | null> {
    const [row] = await tx.query<{ password: string | null }>(
      `select "password" from login_account where "userId" = $1 and "providerId" = 'credential'`,
      [userId],
    );
    return row?.password ?? null;
  }

  async setPassword(tx: Tx, userId: string, hash: string): Promise<void> {
    const changed = await tx.query(
      `update login_account set "password" = $2, "updatedAt" = now() where "userId" = $1 and "providerId" = 'credential'
       returning "id"`,
      [userId, hash],
    );
    if (changed.length > 0) return;
    await tx.query(
      `insert into login_account ("id", "accountId", "providerId", "userId", "password", "updatedAt")
       values ($1, $2, 'credential', $2, $3, now())`,
      [randomUUID(), userId, hash],
    );
  }

  /** Two admins who demote each other in the same moment must not both succeed: one change at a time. */
  private async keepingAnAdmin(tx: Tx, statement: string, values: unknown[]): Promise<void> {
    await tx.query('lock table login_user in share row exclusive mode');
    await tx.query(statement, values);
    const [left] = await tx.query(
      `select 1 from login_user u where u."role" = 'admin' and u."disabledAt" is null and ${hasPassword} limit 1`,
    );
    if (!left) {
      throw new ProblemError('last-admin', 'This is the last admin who can log in: make somebody else an admin first.');
    }
  }
}

function userOf({ createdAt, lastLogInAt, linkExpiresAt, ...row }: Row): User {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    lastLogInAt: lastLogInAt?.toISOString() ?? null,
    linkExpiresAt: linkExpiresAt?.toISOString() ?? null,
  };
}
