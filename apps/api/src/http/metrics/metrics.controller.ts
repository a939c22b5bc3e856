import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Database } from '../../platform/transaction.ts';
import { IntakeQueries } from '../intake/intake.queries.ts';
import { metricsText } from './metrics-text.ts';
import { MetricsQueries, ofProcess } from './metrics.queries.ts';

@Controller()
export class MetricsController {
  constructor(
    private readonly database: Database,
    private readonly intake: IntakeQueries,
    private readonly queries: MetricsQueries,
  ) {}

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({
    description: 'Counts in the text format of Prometheus.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async text(): Promise<string> {
    const ofHub = await this.database.read(async (tx) => this.queries.ofHub(tx, await this.intake.status(tx)));
    return metricsText([...ofHub, ...ofProcess()]);
  }
}
