import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { restoreList, restoreNote, type Restore } from '@cinch/api-contract';
import type { Epoch } from '@cinch/canonical-model';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { Committer } from '../../platform/committer.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
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
      mustFollow(epoch, (await this.systems.restores(tx)).get(systemId) ?? [], now);
      await this.systems.noteRestore(tx, systemId, epoch, by, now);
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

function mustFollow({ setBackTo, restoredAt }: Epoch, before: readonly Epoch[], now: number): void {
  if (restoredAt > now)
    throw new ProblemError('invalid-request', 'restoredAt lies ahead: note a restore when it is done.');
  if (restoredAt <= setBackTo)
    throw new ProblemError('invalid-request', 'restoredAt must be later than setBackTo: a system is set back in time.');
  const last = before.at(-1);
  if (last && restoredAt <= last.restoredAt) {
    const detail = `The system was restored at ${instant(last.restoredAt)} already: restoredAt must be later than that.`;
    throw new ProblemError('not-possible', detail);
  }
}
