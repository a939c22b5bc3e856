import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Me, Role } from '@cinch/api-contract';
import { betterAuth } from 'better-auth';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../environment.ts';

export interface LoggedIn {
  me: Me;
  /** Values of `Set-Cookie`. */
  cookies: string[];
}

/** People's accounts and sessions. The library's own routes are not mounted: ours are the only way in. */
@Injectable()
export class Accounts {
  private readonly auth: ReturnType<typeof makeAuth>;

  constructor(@InjectDataSource() source: DataSource, @Inject(ENVIRONMENT) environment: Environment) {
    // The hub's one pool: a second would double the connections that a small server has to grant.
    this.auth = makeAuth((source.driver as unknown as { master: Pool }).master, environment.authSecret);
  }

  /** Null when e-mail and password do not belong together. */
  async logIn(email: string, password: string): Promise<LoggedIn | null> {
    const response = await this.auth.api.signInEmail({ body: { email, password }, asResponse: true });
    if (!response.ok) return null;
    const cookies = response.headers.getSetCookie();
    const cookie = cookies.map((text) => text.split(';', 1)[0]).join('; ');
    const me = await this.whoIs(cookie);
    return me && { me, cookies };
  }

  /** Ends the session; returns the cookies that clear it in the browser. */
  async logOut(cookie: string): Promise<string[]> {
    const response = await this.auth.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
    return response.headers.getSetCookie();
  }

  async whoIs(cookie: string): Promise<Me | null> {
    const session = await this.auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!session) return null;
    const { name, email, role } = session.user;
    return { name, email, role: role as Role };
  }

  async hashPassword(password: string): Promise<string> {
    return (await this.auth.$context).password.hash(password);
  }
}

function makeAuth(pool: Pool, secret: string) {
  return betterAuth({
    secret,
    // Only decides that cookies are not marked Secure: behind TLS the proxy adds that.
    baseURL: 'http://localhost',
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      modelName: 'login_user',
      additionalFields: { role: { type: 'string', required: true, input: false } },
    },
    session: { modelName: 'login_session' },
    account: { modelName: 'login_account' },
    verification: { modelName: 'login_verification' },
    // Foreign origins are refused for every route alike by the hub's own guard.
    advanced: { cookiePrefix: 'cinch', disableCSRFCheck: true, disableOriginCheck: true },
  });
}
