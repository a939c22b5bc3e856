import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  conflict,
  conflictPage,
  decisionMade,
  resolution,
  type Conflict,
  type ConflictPage,
  type Resolution,
} from '@cinch/api-contract';
import { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Decide } from '../../pipeline/decide.ts';
import { By } from '../access/actor.ts';
import { page } from '../paging.ts';
import { identity } from '../validation.ts';
import { ConflictsQueries } from './conflicts.queries.ts';

const conflictQuery = page.extend({
  state: z.enum(['open', 'closed']).default('open'),
  attribute: z.string().max(100).optional(),
});

@Controller('api/v1')
export class ConflictsController {
  constructor(
    private readonly database: Database,
    private readonly queries: ConflictsQueries,
    private readonly decide: Decide,
  ) {}

  @Get('conflicts')
  @ApiOkResponse({ standardSchema: conflictPage })
  list(@Query({ schema: conflictQuery }) query: z.infer<typeof conflictQuery>): Promise<ConflictPage> {
    return this.database.read((tx) => this.queries.list(tx, query));
  }

  @Get('conflicts/:conflictId')
  @ApiOkResponse({ standardSchema: conflict })
  async one(@Param('conflictId', { schema: identity }) conflictId: number): Promise<Conflict> {
    const found = await this.database.read((tx) => this.queries.one(tx, conflictId));
    if (!found) throw new ProblemError('not-found', `There is no conflict ${conflictId}.`);
    return found;
  }

  @Post('conflicts/:conflictId/resolution')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  resolve(
    @Param('conflictId', { schema: identity }) conflictId: number,
    @Body({ schema: resolution }) body: Resolution,
    @By() by: string,
  ): Promise<{ decisionId: number }> {
    return this.decide.resolve(conflictId, body, by);
  }

  @Post('decisions/:decisionId/undo')
  @HttpCode(204)
  @ApiNoContentResponse()
  undo(@Param('decisionId', { schema: identity }) decisionId: number, @By() by: string): Promise<void> {
    return this.decide.undo(decisionId, by);
  }
}
