import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { system, systemLimits, type System, type SystemLimits } from '@cinch/api-contract';
import { Audit } from '../../platform/audit.ts';
import { Database } from '../../platform/transaction.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { SystemsQueries } from './systems.queries.ts';

@Controller('api/v1/systems/:system/limits')
export class LimitsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly queries: SystemsQueries,
    private readonly audit: Audit,
  ) {}

  /** All of them at once: one that is left out is the default again. A plan that waits is braked by them when it is applied. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  set(
    @Param('system') code: string,
    @Body({ schema: systemLimits }) limits: SystemLimits,
    @By() by: string,
  ): Promise<System> {
    return this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      await this.systems.setLimits(tx, systemId, limits);
      const set = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null));
      await this.audit.note(tx, by, `limits ${JSON.stringify(set)}`, code);
      return (await this.queries.one(tx, code))!;
    });
  }
}
