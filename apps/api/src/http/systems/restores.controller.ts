import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { restoreList, restoreNote, type Restore } from '@cinch/api-contract';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { Committer } from '../../platform/committer.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Holds } from '../../pipeline/holds.ts';
import { Worker } from '../../pipeline/worker.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { instant } from '../instant.ts';
import { SystemsQueries } from './systems.queries.ts';

@Controller('api/v1/systems/:system/restores')
export class RestoresController {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly queries: SystemsQueries,
    private readonly audit: Audit,
    private readonly worker: Worker,
    private readonly holds: Holds,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: restoreList })
  list(@Param('system') code: string): Promise<{ restores: Restore[] }> {
    return this.database.read((tx) => this.shown(tx, code));
  }

  /** The system holds again what it held at an earlier instant: all of its records are derived anew. */
  @Post()
  @ApiCreatedResponse({ standardSchema: restoreList })
  async note(
    @Param('system') code: string,
    @Body({ schema: restoreNote }) body: z.infer<typeof restoreNote>,
    @By() by: string,
  ): Promise<{ restores: Restore[] }> {
    const noted = await this.committer.commit(async (tx) => {
      const now = this.clock.now();
      const restoredAt = body.restoredAt === undefined ? now : Date.parse(body.restoredAt);
      const epoch = { setBackTo: Date.parse(body.setBackTo), restoredAt };
      const { systemId } = await this.systems.named(tx, code);
      await this.holds.restored(tx, systemId, epoch, by);
      const act = `restore noted: set back to ${instant(epoch.setBackTo)} at ${instant(restoredAt)}`;
      await this.audit.note(tx, by, act, code);
      return this.shown(tx, code);
    });
    this.worker.wake();
    return noted;
  }

  private async shown(tx: Tx, code: string): Promise<{ restores: Restore[] }> {
    const { systemId } = await this.systems.named(tx, code);
    return { restores: await this.queries.restores(tx, systemId) };
  }
}
