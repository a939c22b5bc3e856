import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { linkFound, linkLook, linkUse, type LinkFound } from '@cinch/api-contract';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { LinksStore, type StandingLink } from '../../platform/accounts/links.store.ts';
import { SessionsStore } from '../../platform/accounts/sessions.store.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { asCameBy } from '../session/as-came-by.ts';
import { KnownBrowser } from '../session/known-browser.ts';
import { mustBeStrong } from '../session/must-be-strong.ts';
import { PasswordTurns } from '../session/password-turns.ts';

/** For whoever holds a link: what it is for, and the password chosen by it. */
@Controller('api/v1/links')
export class LinksController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly turns: PasswordTurns,
    private readonly browsers: KnownBrowser,
    private readonly links: LinksStore,
    private readonly users: UsersStore,
    private readonly sessions: SessionsStore,
    private readonly audit: Audit,
  ) {}

  @Post('look')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: linkFound })
  async look(@Body({ schema: linkLook }) { token }: z.infer<typeof linkLook>): Promise<LinkFound> {
    const { userId: _, ...found } = await this.standing(token);
    return found;
  }

  /** Ends the person's sessions everywhere: whoever knew the old password is out. */
  @Post('use')
  @HttpCode(204)
  async use(
    @Body({ schema: linkUse }) { token, password }: z.infer<typeof linkUse>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { userId, name, email, purpose } = await this.standing(token);
    mustBeStrong(password, { name, email });
    // Hashing is slow on purpose: no transaction waits for it, and only a link that stands is worth it.
    const hash = await this.turns.take(
      { ...this.browsers.attemptOf(request, email), isKnown: true },
      () => this.accounts.hashPassword(password),
      () => true,
    );
    await this.database.transaction(async (tx) => {
      if (!(await this.links.use(tx, token))) throw spent();
      await this.users.setPassword(tx, userId, hash);
      await this.sessions.endOthers(tx, userId, null);
      await this.audit.note(tx, email, purpose === 'invite' ? 'invitation taken' : 'password reset', email);
    });
    // Whoever holds a link by an admin is no stranger at the log-in that follows, however many guess at the account.
    response.setHeader('set-cookie', asCameBy(request, [this.browsers.noteSuccess(request, email)]));
  }

  private async standing(token: string): Promise<StandingLink> {
    const link = await this.database.read((tx) => this.links.find(tx, token, this.clock.neverBack()));
    if (!link) throw spent();
    return link;
  }
}

function spent(): ProblemError {
  return new ProblemError(
    'link-spent',
    'It was used, has expired, or a newer one took its place: ask an admin for another.',
  );
}
