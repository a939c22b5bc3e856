import { setTimeout as delay } from 'node:timers/promises';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { login, me, type Me } from '@cinch/api-contract';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { CurrentActor, type Actor } from '../access/actor.ts';
import { LoginDelay } from './login-delay.ts';

@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly accounts: Accounts,
    private readonly loginDelay: LoginDelay,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: me })
  async logIn(
    @Body({ schema: login }) { email, password }: z.infer<typeof login>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    await delay(this.loginDelay.turnMs(email));
    const loggedIn = await this.accounts.logIn(email, password);
    if (!loggedIn) {
      this.loginDelay.failed(email);
      throw new ProblemError('not-logged-in', 'E-mail and password do not belong together: check both.');
    }
    this.loginDelay.succeeded(email);
    response.setHeader('set-cookie', loggedIn.cookies);
    return loggedIn.me;
  }

  @Get()
  @ApiOkResponse({ standardSchema: me })
  whoAmI(@CurrentActor() actor: Actor): Me {
    if (actor.kind === 'person') return actor.me;
    throw new ProblemError('not-logged-in', 'Log in with e-mail and password.');
  }

  @Delete()
  @HttpCode(204)
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    response.setHeader('set-cookie', await this.accounts.logOut(request.headers.cookie ?? ''));
  }
}
