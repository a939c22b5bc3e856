import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { system, systemSchedule, type System, type SystemSchedule } from '@cinch/api-contract';
import { Audit } from '../../platform/audit.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { SchedulesStore } from '../../stages/refreshes/schedules.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { SystemsQueries } from './systems.queries.ts';

@Controller('api/v1/systems/:system/schedule')
export class ScheduleController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly schedules: SchedulesStore,
    private readonly queries: SystemsQueries,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Every so many hours count from now on. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  set(
    @Param('system') code: string,
    @Body({ schema: systemSchedule }) schedule: SystemSchedule,
    @By() by: string,
  ): Promise<System> {
    return this.database.transaction(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      await this.schedules.set(tx, systemId, schedule, this.clock.now());
      await this.audit.note(tx, by, `schedule ${JSON.stringify(schedule)}`, code);
      return (await this.queries.one(tx, code))!;
    });
  }
}
