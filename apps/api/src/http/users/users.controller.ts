import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { linkMade, roleSet, user, userInvite, userList, type LinkMade, type User } from '@cinch/api-contract';
import type { z } from 'zod';
import { LinksStore } from '../../platform/accounts/links.store.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { By } from '../access/actor.ts';

/** People: who is invited, what they may do, and until when. There is no mail: an admin hands the links over. */
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly users: UsersStore,
    private readonly links: LinksStore,
    private readonly audit: Audit,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: userList })
  async list(): Promise<z.infer<typeof userList>> {
    return { users: await this.database.read((tx) => this.users.all(tx)) };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: linkMade })
  invite(@Body({ schema: userInvite }) body: z.infer<typeof userInvite>, @By() by: string): Promise<LinkMade> {
    return this.database.transaction(async (tx) => {
      const userId = await this.users.add(tx, body);
      if (userId === null) {
        throw new ProblemError(
          'already-exists',
          'There is an account of this e-mail already: look at the list of users.',
        );
      }
      await this.audit.note(tx, by, `invited as ${body.role}`, body.email.toLowerCase());
      return this.linkFor(tx, userId);
    });
  }

  /** For whoever lost the invitation or the password. The old password works until the link is used. */
  @Post(':userId/link')
  @ApiCreatedResponse({ standardSchema: linkMade })
  makeLink(@Param('userId') userId: string, @By() by: string): Promise<LinkMade> {
    return this.database.transaction(async (tx) => {
      const { state, email } = await this.users.named(tx, userId);
      if (state === 'disabled') throw new ProblemError('not-possible', 'This account is disabled: enable it first.');
      await this.audit.note(tx, by, state === 'invited' ? 'invited again' : 'password reset allowed', email);
      return this.linkFor(tx, userId);
    });
  }

  @Put(':userId/role')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: user })
  setRole(
    @Param('userId') userId: string,
    @Body({ schema: roleSet }) { role }: z.infer<typeof roleSet>,
    @By() by: string,
  ): Promise<User> {
    return this.changed(userId, `made ${role}`, by, (tx) => this.users.setRole(tx, userId, role));
  }

  @Post(':userId/disable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: user })
  disable(@Param('userId') userId: string, @By() by: string): Promise<User> {
    return this.changed(userId, 'disabled', by, (tx) => this.users.disable(tx, userId));
  }

  @Post(':userId/enable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: user })
  enable(@Param('userId') userId: string, @By() by: string): Promise<User> {
    return this.changed(userId, 'enabled', by, (tx) => this.users.enable(tx, userId));
  }

  /** What the person did stays under the person's e-mail. */
  @Delete(':userId')
  @HttpCode(204)
  async remove(@Param('userId') userId: string, @By() by: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { email } = await this.users.named(tx, userId);
      await this.users.remove(tx, userId);
      await this.audit.note(tx, by, 'removed', email);
    });
  }

  private changed(userId: string, act: string, by: string, change: (tx: Tx) => Promise<void>): Promise<User> {
    return this.database.transaction(async (tx) => {
      const { email } = await this.users.named(tx, userId);
      await change(tx);
      await this.audit.note(tx, by, act, email);
      return this.users.named(tx, userId);
    });
  }

  private async linkFor(tx: Tx, userId: string): Promise<LinkMade> {
    const purpose = (await this.users.password(tx, userId)) === null ? 'invite' : 'reset';
    const made = await this.links.make(tx, userId, purpose, this.clock.neverBack());
    return { user: await this.users.named(tx, userId), purpose, ...made };
  }
}
