import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { overview, type Overview } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { OverviewQueries } from './overview.queries.ts';

@Controller('api/v1/overview')
export class OverviewController {
  constructor(
    private readonly database: Database,
    private readonly queries: OverviewQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: overview })
  shown(): Promise<Overview> {
    return this.database.read((tx) => this.queries.at(tx, new Date(this.clock.now())));
  }
}
