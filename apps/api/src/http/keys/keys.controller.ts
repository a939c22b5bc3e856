import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { keyMade, keyMake, systemKeyList } from '@cinch/api-contract';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { KeysStore } from '../../stages/systems/keys.store.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { identity } from '../validation.ts';

type Keys = z.infer<typeof systemKeyList>;

/** Keys of systems. Two may live, so that a system changes over without a gap: make the new one, put it in place, revoke the old one. */
@Controller('api/v1/systems/:system/keys')
export class KeysController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly store: KeysStore,
    private readonly keys: SystemKeys,
    private readonly audit: Audit,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: systemKeyList })
  list(@Param('system') code: string): Promise<Keys> {
    return this.database.read(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      return { keys: await this.store.all(tx, systemId, this.clock.neverBack()) };
    });
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: keyMade })
  make(
    @Param('system') code: string,
    @Body({ schema: keyMake }) body: z.infer<typeof keyMake>,
    @By() by: string,
  ): Promise<z.infer<typeof keyMade>> {
    const now = this.clock.neverBack();
    const expiresAt = body?.expiresAt ? Date.parse(body.expiresAt) : null;
    if (expiresAt !== null && expiresAt <= now)
      throw new ProblemError('invalid-request', 'expiresAt: choose an instant that is still to come, or none.');
    return this.database.transaction(async (tx) => {
      const system = await this.systems.named(tx, code);
      const made = await this.keys.make(tx, system, { name: body?.name ?? '', expiresAt }, now);
      await this.audit.note(tx, by, 'key made', `${code} ${made.prefix}`);
      return made;
    });
  }

  @Post(':keyId/revoke')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: systemKeyList })
  async revoke(
    @Param('system') code: string,
    @Param('keyId', { schema: identity }) keyId: number,
    @By() by: string,
  ): Promise<Keys> {
    const now = this.clock.now();
    const after = await this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      const prefix = await this.store.revoke(tx, systemId, keyId, now);
      if (prefix === null)
        throw new ProblemError('not-found', `${code} has no such key that still works: look at the list of its keys.`);
      await this.audit.note(tx, by, 'key revoked', `${code} ${prefix}`);
      return { keys: await this.store.all(tx, systemId, now) };
    });
    this.keys.forget();
    return after;
  }
}
