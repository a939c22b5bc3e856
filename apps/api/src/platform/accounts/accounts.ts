import { Inject, Injectable } from '@nestjs/common';
import { sessionEnds, sessionUseNotedMs, type Me, type Role } from '@cinch/api-contract';
import { betterAuth } from 'better-auth';
import type { Pool } from 'pg';
import { Clock } from '../clock.ts';
import { ENVIRONMENT, type Environment } from '../environment.ts';
import { databaseTroubleIn } from '../database-trouble.ts';
import { Lanes } from '../lanes.ts';
import { Database } from '../transaction.ts';
import { Troubles } from '../troubles.ts';
import { RowlessSessions } from './rowless-sessions.ts';
import { SessionsStore } from './sessions.store.ts';
import { UsersStore, type EnteredAccount } from './users.store.ts';

/** A person with a session that lives. */
export interface Person {
  me: Me;
  userId: string;
  sessionId: string;
}

export interface LoggedIn extends Person {
  /** Values of `Set-Cookie`. */
  cookies: string[];
}

/** People's sessions and passwords. The library's own routes are not mounted: ours are the only way in. */
@Injectable()
export class Accounts {
  private readonly auth: ReturnType<typeof makeAuth>;

  constructor(
    lanes: Lanes,
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly users: UsersStore,
    private readonly rowless: RowlessSessions,
    private readonly troubles: Troubles,
  ) {
    this.auth = makeAuth(lanes.pool('vital'), environment.authSecret);
  }

  /** Null when e-mail and password do not belong together, or the account is disabled. */
  async logIn(email: string, password: string, userAgent: string | undefined): Promise<LoggedIn | null> {
    try {
      return await this.logInWithRow(email, password, userAgent);
    } catch (error) {
      const trouble = databaseTroubleIn(error)?.code;
      if (trouble !== 'disk-full' && trouble !== 'database-read-only') throw error;
      this.troubles.meet(trouble);
      return this.logInWithoutRow(email, password);
    }
  }

  private async logInWithoutRow(email: string, password: string): Promise<LoggedIn | null> {
    const account = await this.database.in('vital').glance((tx) => this.users.entered(tx, { email }));
    if (!account || !(await this.isPassword(password, account.password))) return null;
    const { sessionId, cookie } = this.rowless.make(account.userId, account.password);
    return { ...personWith(account, sessionId), cookies: [cookie] };
  }

  private async logInWithRow(email: string, password: string, userAgent: string | undefined): Promise<LoggedIn | null> {
    const headers = new Headers(userAgent === undefined ? {} : { 'user-agent': userAgent });
    const response = await this.auth.api.signInEmail({ body: { email, password }, headers, asResponse: true });
    // A full disk fails the library where it makes the session; which error that was it has told on the way.
    if (!response.ok) return null;
    const { token } = (await response.json()) as { token: string };
    await this.database.in('vital').glance((tx) => this.sessions.begin(tx, token, this.clock.neverBack()));
    const cookies = response.headers.getSetCookie();
    const cookie = cookies.map((text) => text.split(';', 1)[0]).join('; ');
    const person = await this.whoIs(cookie);
    if (!person) await this.logOut(cookie);
    return person && { ...person, cookies };
  }

  /** Ends the session; returns the cookies that clear it in the browser. */
  async logOut(cookie: string): Promise<string[]> {
    const response = await this.auth.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
    return [...response.headers.getSetCookie(), this.rowless.cleared];
  }

  /** `isUse`: somebody is there, so the session is in use. A console that only follows what happens is not used. */
  async whoIs(cookie: string, { isUse = true } = {}): Promise<Person | null> {
    const found = await this.auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return this.whoIsWithoutRow(cookie);
    if (found.user.disabledAt) return null;
    const { id: userId, name, email, role } = found.user;
    const { id, expiresAt, updatedAt } = found.session;
    const now = this.clock.neverBack();
    const unusedMs = now - updatedAt.getTime();
    if (expiresAt.getTime() <= now || unusedMs >= sessionEnds.idleMs) return null;
    // On a full disk the session goes on: reading must be possible, to see what is wrong.
    if (isUse && unusedMs >= sessionUseNotedMs)
      await this.database
        .in('vital')
        .glance((tx) => this.sessions.noteUse(tx, id, now))
        .catch(() => undefined);
    return { me: { name, email, role: role as Role }, userId, sessionId: found.session.id };
  }

  private async whoIsWithoutRow(cookie: string): Promise<Person | null> {
    const claimed = this.rowless.read(cookie);
    if (!claimed) return null;
    const account = await this.database.in('vital').glance((tx) => this.users.entered(tx, { userId: claimed.userId }));
    return account && claimed.isProvedBy(account.password) ? personWith(account, claimed.sessionId) : null;
  }

  async hashPassword(password: string): Promise<string> {
    return (await this.auth.$context).password.hash(password);
  }

  async isPassword(password: string, hash: string): Promise<boolean> {
    return (await this.auth.$context).password.verify({ password, hash });
  }
}

function personWith({ userId, name, email, role }: EnteredAccount, sessionId: string): Person {
  return { me: { name, email, role }, userId, sessionId };
}

function makeAuth(pool: Pool, secret: string) {
  return betterAuth({
    secret,
    // Only decides that cookies are not marked Secure: whoever answers a call that came over TLS adds that.
    baseURL: 'http://localhost',
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      modelName: 'login_user',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: { modelName: 'login_session', expiresIn: sessionEnds.longestMs / 1_000, disableSessionRefresh: true },
    account: { modelName: 'login_account' },
    verification: { modelName: 'login_verification' },
    // Foreign origins are refused for every route alike by the hub's own guard.
    advanced: { cookiePrefix: 'cinch', disableCSRFCheck: true, disableOriginCheck: true },
  });
}
