import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { matchAnswer, matchRequest, type MatchAnswer } from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { MatchQueries } from './match.queries.ts';
import { NotedAsks } from './noted-asks.ts';

@Controller('api/v1/systems/:system/match')
export class MatchController {
  constructor(
    private readonly database: Database,
    private readonly queries: MatchQueries,
    private readonly asks: NotedAsks,
  ) {}

  /** Who is this? Graded and explained. That it was asked is audited; nothing of what was asked is stored. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: matchAnswer })
  async match(
    @Param('system') system: string,
    @Body({ schema: matchRequest }) { data }: z.infer<typeof matchRequest>,
  ): Promise<MatchAnswer> {
    await this.asks.note(system);
    return this.database.read((tx) => this.queries.whoIs(tx, system, data));
  }
}
