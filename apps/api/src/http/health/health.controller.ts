import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { alive, ready, type Alive, type Ready } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import { Readiness } from '../../platform/readiness.ts';
import { Database } from '../../platform/transaction.ts';

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly database: Database,
  ) {}

  @Get('livez')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: alive })
  live(): Alive {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: ready })
  async ready(): Promise<Ready> {
    const underWay = this.readiness.underWay;
    if (underWay !== null) throw new ProblemError('not-ready', underWay);
    await this.database
      .read((tx) => tx.query('select 1'))
      .catch(() => {
        throw new ProblemError('not-ready', 'waiting for the database');
      });
    return { status: 'ready' };
  }
}
