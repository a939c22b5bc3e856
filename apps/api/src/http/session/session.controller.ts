import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { login, session, type Me, type Session } from '@cinch/api-contract';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Accounts, type LoggedIn } from '../../platform/accounts/accounts.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { CurrentActor, personOf, type Actor } from '../access/actor.ts';
import { callsOf } from '../access/rights.ts';
import { asCameBy } from './as-came-by.ts';
import { KnownBrowser } from './known-browser.ts';
import { LateNotes } from './late-notes.ts';
import { NotedAttempts } from './noted-attempts.ts';
import { PasswordTurns } from './password-turns.ts';

@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly accounts: Accounts,
    private readonly turns: PasswordTurns,
    private readonly browsers: KnownBrowser,
    private readonly late: LateNotes,
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
    const loggedIn = await this.tried(email, password, request);
    if (!loggedIn) {
      await this.attempts.note('log-in failed', email);
      throw new ProblemError('not-logged-in', 'E-mail and password do not belong together: check both.');
    }
    const { me, userId, cookies } = loggedIn;
    await this.late.write(async (tx) => {
      await this.users.noteLogIn(tx, userId);
      await this.audit.note(tx, me.email, 'logged in', me.email);
    });
    response.setHeader('set-cookie', asCameBy(request, [...cookies, this.browsers.noteSuccess(request, email)]));
    return shown(me);
  }

  private async tried(email: string, password: string, request: Request): Promise<LoggedIn | null> {
    const attempt = this.browsers.attemptOf(request, email);
    const agent = request.headers['user-agent']?.slice(0, 300);
    try {
      return await this.turns.take(
        attempt,
        () => this.accounts.logIn(email, password, agent),
        (result) => result !== null,
      );
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'too-many-attempts')
        await this.attempts.note('log-in refused after too many attempts', email);
      throw error;
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
      await this.late.write((tx) => this.audit.note(tx, email, 'logged out', email));
    }
    response.setHeader('set-cookie', asCameBy(request, cleared));
  }
}

function shown(me: Me): Session {
  return { ...me, may: callsOf(me.role) };
}
