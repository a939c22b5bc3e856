import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { system, systemComparison, type System, type SystemComparison } from '@cinch/api-contract';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { SystemsInForce } from '../../pipeline/systems-in-force.ts';
import { mustBeMapped } from '../../stages/refreshes/confined.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { SystemsQueries } from './systems.queries.ts';

@Controller('api/v1/systems/:system/comparison')
export class ComparisonController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly inForce: SystemsInForce,
    private readonly queries: SystemsQueries,
    private readonly audit: Audit,
  ) {}

  /** All sets at once. A run that is under way goes on as it began. */
  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: system })
  set(
    @Param('system') code: string,
    @Body({ schema: systemComparison }) { sets }: SystemComparison,
    @By() by: string,
  ): Promise<System> {
    return this.database.transaction(async (tx) => {
      const { systemId, mappingVersion } = await this.systems.named(tx, code);
      if (sets.length > 0 && mappingVersion === null)
        throw new ProblemError('mapping-missing', 'It has no mapping yet: publish one, and say then what is compared.');
      const named = sets.flatMap(({ attributes }) => attributes);
      if (named.length > 0) mustBeMapped(await this.inForce.working(tx, systemId), named);
      await this.systems.setComparison(tx, systemId, sets);
      await this.audit.note(tx, by, `comparison ${JSON.stringify(sets)}`, code);
      return (await this.queries.one(tx, code))!;
    });
  }
}
