import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { moveCauses, movedRecordPage, type MovedRecordPage } from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { page } from '../paging.ts';
import { MovedRecordsQueries } from './moved-records.queries.ts';

const listQuery = page.extend({
  /** Only those that moved because of this. */
  cause: z.enum(moveCauses).optional(),
});

@Controller('api/v1/moved-records')
export class MovedRecordsController {
  constructor(
    private readonly database: Database,
    private readonly queries: MovedRecordsQueries,
  ) {}

  /** Every line of the crosswalk that changed, the latest first: whoever keeps ids of customers learns from it which to look up again. */
  @Get()
  @ApiOkResponse({ standardSchema: movedRecordPage })
  list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<MovedRecordPage> {
    return this.database.read((tx) => this.queries.page(tx, query));
  }
}
