import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { changeRates, type ChangeRates } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { ChangeRatesQueries } from './change-rates.queries.ts';

@Controller('api/v1/change-rates')
export class ChangeRatesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: ChangeRatesQueries,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: changeRates })
  rates(): Promise<ChangeRates> {
    return this.database.in('long').read((tx) => this.queries.until(tx, this.clock.now()));
  }
}
