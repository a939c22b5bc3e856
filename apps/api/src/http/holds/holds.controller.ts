import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  hold,
  holdAnswer,
  holdPage,
  holdPreview,
  holdSorts,
  holdStates,
  type Hold,
  type HoldPage,
  type HoldPreview,
} from '@cinch/api-contract';
import { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Holds, type Answered } from '../../pipeline/holds.ts';
import { By } from '../access/actor.ts';
import { sortedPage } from '../paging.ts';
import { reachShown } from '../reach/reach-shown.ts';
import { identity } from '../validation.ts';
import { HoldsQueries } from './holds.queries.ts';

const holdQuery = sortedPage(holdSorts).extend({ state: z.enum(holdStates).default('open') });

@Controller('api/v1/holds')
export class HoldsController {
  constructor(
    private readonly database: Database,
    private readonly queries: HoldsQueries,
    private readonly holds: Holds,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: holdPage })
  list(@Query({ schema: holdQuery }) query: z.infer<typeof holdQuery>): Promise<HoldPage> {
    return this.database.read((tx) => this.queries.list(tx, query.state, query));
  }

  @Get(':holdId')
  @ApiOkResponse({ standardSchema: hold })
  read(@Param('holdId', { schema: identity }) holdId: number): Promise<Hold> {
    return this.database.read((tx) => this.shown(tx, holdId));
  }

  @Post(':holdId/answer')
  @ApiCreatedResponse({ standardSchema: hold })
  async answer(
    @Param('holdId', { schema: identity }) holdId: number,
    @Body({ schema: holdAnswer }) said: z.infer<typeof holdAnswer>,
    @By() by: string,
  ): Promise<Hold> {
    await this.holds.answer(holdId, answered(said), by, said.reason);
    return this.database.read((tx) => this.shown(tx, holdId));
  }

  /** What each answer would do. Nothing is answered. */
  @Post(':holdId/preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: holdPreview })
  async foresee(@Param('holdId', { schema: identity }) holdId: number): Promise<HoldPreview> {
    const foreseen = await this.holds.foresee(holdId);
    return this.database.read(async (tx) => {
      const answers: HoldPreview['answers'] = [];
      for (const { answer, reach } of foreseen) answers.push({ answer, reach: reach && (await reachShown(tx, reach)) });
      return { answers };
    });
  }

  private async shown(tx: Tx, holdId: number): Promise<Hold> {
    const found = await this.queries.one(tx, holdId);
    if (found) return found;
    throw new ProblemError('not-found', 'Nothing is held under this number: look at the list of what is held.');
  }
}

function answered(said: z.infer<typeof holdAnswer>): Answered {
  if (said.answer !== 'restored') return said;
  const { setBackTo, restoredAt, rows } = said;
  return { answer: 'restored', rows, epoch: { setBackTo: Date.parse(setBackTo), restoredAt: Date.parse(restoredAt) } };
}
