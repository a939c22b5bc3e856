import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { matchAnswer, matchRequest, type MatchAnswer } from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { MatchQueries } from './match.queries.ts';

@Controller('api/v1/systems/:system/match')
export class MatchController {
  constructor(
    private readonly database: Database,
    private readonly queries: MatchQueries,
  ) {}

  /** Who is this? Graded and explained, and nothing is stored. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: matchAnswer })
  match(
    @Param('system') system: string,
    @Body({ schema: matchRequest }) { data }: z.infer<typeof matchRequest>,
  ): Promise<MatchAnswer> {
    return this.database.read((tx) => this.queries.whoIs(tx, system, data));
  }
}
