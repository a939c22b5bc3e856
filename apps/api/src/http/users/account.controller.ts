import { Body, Controller, Delete, Get, HttpCode, Param, Put, Req } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ownSessionList, passwordChange } from '@cinch/api-contract';
import type { Request } from 'express';
import type { z } from 'zod';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { SessionsStore } from '../../platform/accounts/sessions.store.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { CurrentActor, personOf, type Actor } from '../access/actor.ts';
import { KnownBrowser } from '../session/known-browser.ts';
import { mustBeStrong } from '../session/must-be-strong.ts';
import { PasswordTurns } from '../session/password-turns.ts';

/** The own account: its password, and where it is logged in. */
@Controller('api/v1/account')
export class AccountController {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
    private readonly turns: PasswordTurns,
    private readonly browsers: KnownBrowser,
    private readonly users: UsersStore,
    private readonly sessions: SessionsStore,
    private readonly audit: Audit,
  ) {}

  /** Whoever only holds the session must not take the account over: the password that was set is asked for, and waits its turn as at the log-in. */
  @Put('password')
  @HttpCode(204)
  async setPassword(
    @Body({ schema: passwordChange }) { current, next }: z.infer<typeof passwordChange>,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<void> {
    const { userId, sessionId, me } = personOf(actor);
    mustBeStrong(next, me);
    const set = await this.database.read((tx) => this.users.password(tx, userId));
    const attempt = this.browsers.attemptOf(request, me.email);
    const isRight = async () => set !== null && (await this.accounts.isPassword(current, set));
    if (!(await this.turns.take(attempt, isRight, (right) => right)))
      throw new ProblemError(
        'wrong-password',
        'Type the password that you logged in with; an admin can make a link when it is lost.',
      );
    const hash = await this.turns.take(
      attempt,
      () => this.accounts.hashPassword(next),
      () => true,
    );
    await this.database.transaction(async (tx) => {
      await this.users.setPassword(tx, userId, hash);
      await this.sessions.endOthers(tx, userId, sessionId);
      await this.audit.note(tx, me.email, 'password changed', me.email);
    });
  }

  @Get('sessions')
  @ApiOkResponse({ standardSchema: ownSessionList })
  async list(@CurrentActor() actor: Actor): Promise<z.infer<typeof ownSessionList>> {
    const { userId, sessionId } = personOf(actor);
    return {
      sessions: await this.database.read((tx) => this.sessions.of(tx, userId, sessionId, this.clock.neverBack())),
    };
  }

  /** All but this one. */
  @Delete('sessions')
  @HttpCode(204)
  async endOthers(@CurrentActor() actor: Actor): Promise<void> {
    const { userId, sessionId, me } = personOf(actor);
    await this.database.transaction(async (tx) => {
      await this.sessions.endOthers(tx, userId, sessionId);
      await this.audit.note(tx, me.email, 'other sessions ended', me.email);
    });
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  async end(@Param('sessionId') wanted: string, @CurrentActor() actor: Actor): Promise<void> {
    const { userId, me } = personOf(actor);
    await this.database.transaction(async (tx) => {
      if (!(await this.sessions.end(tx, userId, wanted)))
        throw new ProblemError('not-found', 'You have no such session: it may have ended already.');
      await this.audit.note(tx, me.email, 'session ended', me.email);
    });
  }
}
