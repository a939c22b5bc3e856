import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { misalignment, misalignmentReport, type Misalignment } from '@cinch/api-contract';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { MisalignmentQueries } from './misalignment.queries.ts';

const query = z.object({
  /** The month that it is, and those before it. */
  months: z.coerce.number().int().min(1).max(misalignmentReport.months).default(12),
});

@Controller('api/v1/misalignment')
export class MisalignmentController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: MisalignmentQueries,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: misalignment })
  report(@Query({ schema: query }) { months }: z.infer<typeof query>): Promise<Misalignment> {
    const until = new Date(this.clock.now());
    const since = new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth() - months + 1, 1));
    return this.database.in('long').read((tx) => this.queries.between(tx, since, until));
  }
}
