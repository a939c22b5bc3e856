import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { pinPage, pinSorts, type PinPage } from '@cinch/api-contract';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { sortedPage } from '../paging.ts';
import { PinsQueries } from './pins.queries.ts';

const pinQuery = sortedPage(pinSorts).extend({
  against: z.enum(['0', '1'], { error: 'use 1, or leave it out' }).default('0'),
});

@Controller('api/v1/pins')
export class PinsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: PinsQueries,
  ) {}

  /** Pins that bind now; with `against=1` those that records differ from. */
  @Get()
  @ApiOkResponse({ standardSchema: pinPage })
  list(@Query({ schema: pinQuery }) query: z.infer<typeof pinQuery>): Promise<PinPage> {
    return this.database.read((tx) => this.queries.list(tx, query.against === '1', this.clock.now(), query));
  }
}
