import { setTimeout as delay } from 'node:timers/promises';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { login, session, type Me, type Session } from '@cinch/api-contract';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { CurrentActor, personOf, type Actor } from '../access/actor.ts';
import { callsOf } from '../access/rights.ts';
import { LoginDelay } from './login-delay.ts';
import { NotedAttempts } from './noted-attempts.ts';

@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly accounts: Accounts,
    private readonly loginDelay: LoginDelay,
    private readonly database: Database,
    private readonly users: UsersStore,
    private readonly audit: Audit,
    private readonly attempts: NotedAttempts,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: session })
  async logIn(
    @Body({ schema: login }) { email, password }: z.infer<typeof login>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    await delay(await this.turnOf(email));
    const loggedIn = await this.accounts.logIn(email, password, request.headers['user-agent']?.slice(0, 300));
    if (!loggedIn) {
      this.loginDelay.failed(email);
      await this.attempts.note('log-in failed', email);
      throw new ProblemError('not-logged-in', 'E-mail and password do not belong together: check both.');
    }
    this.loginDelay.succeeded(email);
    const { me, userId, cookies } = loggedIn;
    await this.database.transaction(async (tx) => {
      await this.users.noteLogIn(tx, userId);
      await this.audit.note(tx, me.email, 'logged in', me.email);
    });
    response.setHeader('set-cookie', asCameBy(request, cookies));
    return shown(me);
  }

  /** In milliseconds; who has to wait for too long is refused. */
  private async turnOf(email: string): Promise<number> {
    try {
      return this.loginDelay.turnMs(email);
    } catch (refusal) {
      await this.attempts.note('log-in refused after too many attempts', email);
      throw refusal;
    }
  }

  @Get()
  @ApiOkResponse({ standardSchema: session })
  whoAmI(@CurrentActor() actor: Actor): Session {
    return shown(personOf(actor).me);
  }

  @Delete()
  @HttpCode(204)
  async logOut(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const cleared = await this.accounts.logOut(request.headers.cookie ?? '');
    if (actor.kind === 'person') {
      const { email } = actor.me;
      await this.database.transaction((tx) => this.audit.note(tx, email, 'logged out', email));
    }
    response.setHeader('set-cookie', asCameBy(request, cleared));
  }
}

function shown(me: Me): Session {
  return { ...me, may: callsOf(me.role) };
}

/** A proxy that speaks TLS says so: then the cookie must never travel without it. */
function asCameBy(request: Request, cookies: readonly string[]): string[] {
  const isSecure = request.headers['x-forwarded-proto'] === 'https';
  return cookies.map((cookie) => (isSecure ? `${cookie}; Secure` : cookie));
}
