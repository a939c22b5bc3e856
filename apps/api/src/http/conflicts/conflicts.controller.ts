import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  conflict,
  conflictPage,
  conflictSorts,
  decisionMade,
  resolution,
  type Conflict,
  type ConflictPage,
  type DecisionMade,
  type Resolution,
} from '@cinch/api-contract';
import { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Decide } from '../../pipeline/decide.ts';
import { By, CurrentActor, type Actor } from '../access/actor.ts';
import { mayBeNamed } from '../sight/sight.ts';
import { sightOf } from '../sight/sight-of.ts';
import { sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { ConflictsQueries } from './conflicts.queries.ts';

const conflictQuery = sortedPage(conflictSorts).extend({
  state: z.enum(['open', 'closed']).default('open'),
  attribute: z.string().max(100).optional(),
});

@Controller('api/v1/conflicts')
export class ConflictsController {
  constructor(
    private readonly database: Database,
    private readonly queries: ConflictsQueries,
    private readonly decide: Decide,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: conflictPage })
  list(
    @Query({ schema: conflictQuery }) query: z.infer<typeof conflictQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<ConflictPage> {
    return this.database.read(async (tx) => {
      mayBeNamed(query.attribute, await sightOf(tx, actor));
      return this.queries.list(tx, query);
    });
  }

  @Get(':conflictId')
  @ApiOkResponse({ standardSchema: conflict })
  async one(@Param('conflictId', { schema: identity }) conflictId: number): Promise<Conflict> {
    const found = await this.database.read((tx) => this.queries.one(tx, conflictId));
    if (!found) throw new ProblemError('not-found', 'There is no such conflict: look at the list.');
    return found;
  }

  @Post(':conflictId/resolution')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  resolve(
    @Param('conflictId', { schema: identity }) conflictId: number,
    @Body({ schema: resolution }) body: Resolution,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.decide.resolve(conflictId, body, by);
  }
}
